import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { openDatabase, type Database } from "../../src/store/open-database";
import { openPostgres } from "../../src/store/open-postgres";

declare global {
  /** The database of the jest project; left out: SQLite. */
  var DATABASE: "postgres" | undefined;
}

const POOL_SIZE = 4;

/** A new, empty database, of the kind that the jest project tests. */
export async function openTestDatabase(): Promise<Database> {
  if (globalThis.DATABASE !== "postgres") return openDatabase(":memory:");
  return openPostgres({ url: await newPostgresUrl(), max: POOL_SIZE });
}

/** The address of a new, empty database in the PostgreSQL of this test run: a schema of its own. */
export async function newPostgresUrl(): Promise<string> {
  const url = new URL(process.env["TEST_POSTGRES_URL"] ?? "");
  const schema = `test_${randomBytes(8).toString("hex")}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(`create schema ${schema}`);
  await client.end();
  url.searchParams.set("options", `-c search_path=${schema}`);
  url.searchParams.set("application_name", schema);
  return url.href;
}
