import { randomBytes } from "node:crypto";
import type { Database } from "./database";

const SECRET_BYTES = 32;

/** A secret of this database's own, by name: made once, and kept. */
export async function ownSecret(database: Database, name: "cursor_secret" | "account_secret"): Promise<Buffer> {
  await database
    .insertInto("setting")
    .values({ name, value: randomBytes(SECRET_BYTES).toString("base64") })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const { value } = await database
    .selectFrom("setting")
    .select("value")
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
  return Buffer.from(value, "base64");
}
