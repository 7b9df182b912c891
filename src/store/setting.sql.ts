import { randomBytes } from "node:crypto";
import { NO_TENANT } from "../domain/tenant-id";
import type { Database, Writer } from "./sql/database";
import { statement } from "./sql/statement";

const SECRET_BYTES = 32;

const ADD_SETTING = statement<{ readonly name: string; readonly value: string }>(
  "add setting",
  { name: "text", value: "text" },
  ({ given }) => `
    insert into setting (name, value) select name, value from ${given} where true on conflict (name) do nothing`,
);

const SETTING = statement<{ readonly name: string }, { readonly value: string }>(
  "setting",
  { name: "text" },
  ({ given, join }) => `select setting.value from ${given} ${join} setting on setting.name = given.name`,
);

const SET_SETTING = statement<{ readonly name: string; readonly value: string }>(
  "set setting",
  { name: "text", value: "text" },
  ({ given }) => `
    insert into setting (name, value) select name, value from ${given} where true
    on conflict (name) do update set value = excluded.value`,
);

/** Stores a setting. @returns its value before; `null` where there was none. */
export function replaceSetting(database: Database, name: string, value: string): Promise<string | null> {
  return database.writing(NO_TENANT, async (writer) => {
    const [before] = await writer.rows(SETTING, [{ name }]);
    if (before?.value !== value) await writer.change(SET_SETTING, [{ name, value }]);
    return before?.value ?? null;
  });
}

/** The value of a setting; `null` where there is none. */
export async function readSetting(database: Database, name: string): Promise<string | null> {
  const [kept] = await database.read(SETTING, NO_TENANT, [{ name }]);
  return kept?.value ?? null;
}

type SecretName = "cursor_secret" | "account_secret" | "profile_secret" | "forgotten_secret";

/** A random secret with that name: made at the first call, and stored in the database. */
export function ownSecret(database: Database, name: SecretName): Promise<Buffer> {
  return database.writing(NO_TENANT, (writer) => makeSecret(writer, name));
}

/** The secret with that name; it is made where there is none. */
export async function makeSecret(writer: Writer, name: SecretName): Promise<Buffer> {
  const value = randomBytes(SECRET_BYTES).toString("base64");
  await writer.change(ADD_SETTING, [{ name, value }]);
  return (await readSecret(writer, name)) ?? Buffer.from(value, "base64");
}

/** The secret with that name; `null` where there is none. */
export async function readSecret(reader: Pick<Writer, "rows">, name: SecretName): Promise<Buffer | null> {
  const [kept] = await reader.rows(SETTING, [{ name }]);
  return kept ? Buffer.from(kept.value, "base64") : null;
}
