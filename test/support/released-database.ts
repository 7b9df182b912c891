import Sqlite from "libsql";
import { Kysely, Migrator, SqliteDialect } from "kysely";
import { Client, Pool } from "pg";
import { migratePostgres } from "../../src/store/migrations/migrate-postgres";
import { MIGRATIONS } from "../../src/store/migrations/migrations";
import { POSTGRES_VERSIONS } from "../../src/store/migrations/versions";

type Row = Readonly<Record<string, string | number | null>>;

/** What a released program left in its database: the migrations that it had, and the rows of each table. */
export interface ReleasedDatabase {
  readonly migrations: readonly string[];
  readonly tables: Readonly<Record<string, readonly Row[]>>;
}

interface Connection {
  rows(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  end(): Promise<unknown>;
}

/** Reads a database, which no server has open. */
export async function readReleased(url: string): Promise<ReleasedDatabase> {
  const connection = await connect(url);
  const ofMigrations = isPostgres(url) ? "migration" : "kysely_migration";
  const migrations = await connection.rows(`select name from ${ofMigrations} order by name`);
  const names = await connection.rows(
    isPostgres(url)
      ? `select table_name as name from information_schema.tables where table_schema = current_schema() order by 1`
      : `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by 1`,
  );
  const tables: Record<string, readonly Row[]> = {};
  for (const name of names.map((row) => String(row["name"])).filter((one) => !/migration/.test(one)))
    tables[name] = await connection.rows(`select * from ${name}`);
  await connection.end();
  return { migrations: migrations.map(({ name }) => String(name)), tables };
}

/** Fills a new database with what a released program left. Landed migrations are never edited: they make its tables. */
export async function restoreReleased(url: string, { migrations, tables }: ReleasedDatabase): Promise<void> {
  await (isPostgres(url) ? migrateServer(url, migrations) : migrateFile(url, migrations));
  const connection = await connect(url);
  for (const [name, rows] of Object.entries(tables)) {
    await connection.rows(`delete from ${name}`);
    for (const row of rows) {
      const places = Object.keys(row).map((_, i) => (isPostgres(url) ? `$${String(i + 1)}` : "?"));
      const text = `insert into ${name} (${Object.keys(row).join()}) values (${places.join()})`;
      await connection.rows(text, Object.values(row));
    }
  }
  await connection.end();
}

function isPostgres(url: string): boolean {
  return url.startsWith("postgres:");
}

function named<T>(known: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(known).filter(([name]) => names.includes(name)));
}

async function migrateFile(url: string, names: readonly string[]): Promise<void> {
  const dialect = new SqliteDialect({ database: new Sqlite(url.slice("file:".length)) });
  const db = new Kysely<unknown>({ dialect });
  const provider = { getMigrations: () => Promise.resolve(named(MIGRATIONS, names)) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  await db.destroy();
  if (error) throw new Error("the tables of the release cannot be made", { cause: error });
}

async function migrateServer(url: string, names: readonly string[]): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 });
  const client = await pool.connect();
  await migratePostgres(
    client,
    POSTGRES_VERSIONS.filter((name) => names.includes(name)),
  );
  client.release();
  await pool.end();
}

async function connect(url: string): Promise<Connection> {
  if (!isPostgres(url)) {
    const sqlite = new Sqlite(url.slice("file:".length));
    return {
      rows: (text, values = []) => {
        const prepared = sqlite.prepare(text);
        if (/^select/.test(text)) return Promise.resolve(prepared.all(...values) as readonly Row[]);
        prepared.run(...values);
        return Promise.resolve([]);
      },
      end: () => Promise.resolve(sqlite.close()),
    };
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    rows: async (text, values = []) => (await client.query<Row>(text, [...values])).rows,
    end: () => client.end(),
  };
}
