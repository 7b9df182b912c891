import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Tables that say what runs just now. */
const PASSING = new Set(["lease", "shared_state"]);

/** @param {string} table @param {readonly string[]} columns @param {string} others tenants, as rows of one column */
const copying = (table, columns, others) => {
  const rest = columns.filter((column) => column !== "tenant").join(", ");
  return `insert into ${table} (tenant, ${rest}) select other.tenant, ${rest} from ${table} cross join (${others}) as other
    where ${table}.tenant = 't1'`;
};

/** @param {{ table_name: string, column_name: string }[]} rows @returns {[string, string[]][]} tables with a tenant, and their columns */
function tablesOf(rows) {
  /** @type {Map<string, string[]>} */
  const tables = new Map();
  for (const { table_name: table, column_name: column } of rows)
    tables.set(table, [...(tables.get(table) ?? []), column]);
  return [...tables].filter(([table, columns]) => columns.includes("tenant") && !PASSING.has(table));
}

/**
 * Gives tenants t2, t3 … what t1 has: every row as the server wrote it, with another tenant. The server does not run.
 *
 * @param {string} path @param {number} tenants how many there are then
 * @returns {Promise<Record<string, number>>} rows, by table
 */
export async function copyInSqlite(path, tenants) {
  const Sqlite = require("libsql");
  const db = new Sqlite(path);
  db.exec("pragma synchronous = off; pragma cache_size = -400000");
  const tables = tablesOf(
    db
      .prepare(
        `select t.name as table_name, c.name as column_name from sqlite_master t join pragma_table_info(t.name) c
         where t.type = 'table'`,
      )
      .all(),
  );
  for (let tenant = 2; tenant <= tenants; tenant += 1) {
    db.exec("begin");
    for (const [table, columns] of tables) db.exec(copying(table, columns, `select 't${tenant}' as tenant`));
    db.exec("commit");
  }
  db.exec("pragma wal_checkpoint(truncate)");
  const counts = tables.map(([table]) => [table, db.prepare(`select count(*) as n from ${table}`).get().n]);
  db.close();
  return Object.fromEntries(counts);
}

/** The same on PostgreSQL. @param {string} url @param {number} tenants @returns {Promise<Record<string, number>>} */
export async function copyInPostgres(url, tenants) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `select table_name, column_name from information_schema.columns where table_schema = 'public' order by ordinal_position`,
  );
  const tables = tablesOf(rows);
  for (const [table, columns] of tables)
    await client.query(copying(table, columns, `select 't' || n as tenant from generate_series(2, ${tenants}) as n`));
  await client.query("vacuum analyze");
  await client.query("checkpoint");
  /** @type {Record<string, number>} */
  const counts = {};
  for (const [table] of tables)
    counts[table] = Number((await client.query(`select count(*) as n from ${table}`)).rows[0].n);
  await client.end();
  return counts;
}

/** Bytes of the database on the disk. @param {string} url */
export async function bytesInPostgres(url) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("select pg_database_size(current_database()) as bytes");
  await client.end();
  return Number(rows[0].bytes);
}
