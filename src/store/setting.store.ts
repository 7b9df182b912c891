import { randomBytes } from "node:crypto";
import type { Database } from "./database";

const SECRET_BYTES = 32;

/** The secret that seals cursors where none is configured: made once, and kept. */
export async function ownCursorSecret(database: Database): Promise<Buffer> {
  await database
    .insertInto("setting")
    .values({ name: "cursor_secret", value: randomBytes(SECRET_BYTES).toString("base64") })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const { value } = await database
    .selectFrom("setting")
    .select("value")
    .where("name", "=", "cursor_secret")
    .executeTakeFirstOrThrow();
  return Buffer.from(value, "base64");
}
