import { expect, it } from "@jest/globals";
import { openPostgres } from "../../../src/store/open-postgres";
import { PostgresStatistics } from "../../../src/store/sql/postgres-statistics";
import { statement } from "../../../src/store/sql/statement";
import { execute, query } from "../../support/database";
import { newPostgresUrl } from "../../support/test-database";
import { ACME_TENANT } from "../../support/tenants";

const KEEP = statement<{ readonly id: string }>(
  "keep profile",
  { id: "text" },
  ({ tenant, given }) => `
    insert into icp (tenant, id, external_user_id, profile, sent, created_at, updated_at, mark)
    select ${tenant}, id, id, '{}', 1, 0, 0, 0 from ${given}`,
);

/** Of which tables PostgreSQL knows how many rows they have. */
async function analysedIn(url: string): Promise<readonly unknown[]> {
  const database = await openPostgres({ url, max: 1 });
  const rows = await query(
    database,
    `select relname as name, reltuples as rows from pg_class
     where relkind = 'r' and relnamespace = current_schema()::regnamespace and reltuples > 0 order by relname`,
  );
  await database.destroy();
  return rows;
}

async function write(url: string, from: number, rows: number): Promise<void> {
  const database = await openPostgres({ url, max: 2 });
  const ids = Array.from({ length: rows }, (_, nth) => ({ id: `u${String(from + nth)}` }));
  await database.writing(ACME_TENANT, (writer) => writer.change(KEEP, ids));
  await database.destroy();
}

it("a new database is analysed with its first rows, and later by PostgreSQL", async () => {
  const url = await newPostgresUrl();
  await write(url, 0, 199);
  expect(await analysedIn(url)).toEqual([]);
  await write(url, 199, 200);
  expect(await analysedIn(url)).toEqual([{ name: "icp", rows: 399 }]);
  await write(url, 399, 200);
  expect(await analysedIn(url)).toEqual([{ name: "icp", rows: 399 }]);
});

it("tables that were analysed with few rows are analysed again", async () => {
  const url = await newPostgresUrl();
  await write(url, 0, 29);
  const database = await openPostgres({ url, max: 1 });
  await execute(database, "analyze icp");
  await database.destroy();
  expect(await analysedIn(url)).toEqual([{ name: "icp", rows: 29 }]);
  await write(url, 29, 200);
  expect(await analysedIn(url)).toEqual([{ name: "icp", rows: 229 }]);
});

it("PostgreSQL is asked each time the rows written have grown by an eighth, once at a time, and again after a failure", async () => {
  const asked: string[] = [];
  let answer = (): Promise<unknown> => Promise.resolve({ rows: [] });
  const query = (text: string): Promise<unknown> => {
    asked.push(/^\s*(\w+)/.exec(text)?.[1] ?? "");
    return answer();
  };
  const statistics = new PostgresStatistics({ query } as never);
  const countAndWait = async (rows: number): Promise<number> => {
    statistics.count(rows);
    await statistics.idle();
    return asked.length;
  };
  expect([await countAndWait(199), await countAndWait(1)]).toEqual([0, 1]);
  expect([await countAndWait(24), await countAndWait(1)]).toEqual([1, 2]);
  answer = () => Promise.reject(new Error("Connection terminated"));
  expect([await countAndWait(1_000), await countAndWait(100), await countAndWait(100)]).toEqual([3, 3, 4]);
  answer = () => Promise.resolve({ rows: [{ name: "icp" }, { name: "feed" }] });
  statistics.count(10_000);
  statistics.count(10_000);
  await statistics.idle();
  expect(asked.slice(4)).toEqual(["select", "analyze"]);
});
