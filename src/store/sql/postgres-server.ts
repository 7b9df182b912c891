import type { PoolClient } from "pg";
import { UnusableDatabaseError } from "../unusable-database";

/** `server_version_num` of the oldest PostgreSQL that is supported. */
const OLDEST = 130_000;

interface ServerRow {
  readonly version: string;
  readonly number: string;
  readonly encoding: string;
  readonly schema: string | null;
}

/**
 * Checks the version and the encoding of PostgreSQL.
 *
 * @returns the schema in which the tables are; `null`: there is none.
 * @throws {UnusableDatabaseError} it is too old, or its encoding is not UTF8.
 */
export async function checkServer(client: PoolClient): Promise<string | null> {
  const { rows } = await client.query<ServerRow>(
    `select current_setting('server_version') as version, current_setting('server_version_num') as number,
       current_setting('server_encoding') as encoding, current_schema() as schema`,
  );
  for (const { version, number, encoding } of rows) {
    if (Number(number) < OLDEST) {
      throw new UnusableDatabaseError(`PostgreSQL is of version ${version}. This program needs 13 or later.`, "");
    }
    if (encoding !== "UTF8") {
      throw new UnusableDatabaseError(`the database has the encoding ${encoding}. This program needs UTF8.`, "");
    }
  }
  return rows[0]?.schema ?? null;
}
