import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openDatabase, type Database } from "../../src/store/open-database";
import { sqliteText } from "../../src/store/sql/sqlite-connection";
import { allStatements } from "../support/all-statements";
import { execute, query } from "../support/database";

const RECORDS = 200_000;

/** What is asked for is everything: the tenants that there are. */
const WHOLE: readonly string[] = ["tenants"];

/** Companies with a record, a row and a name each; every fifth record is a person's who works at the first of the five. */
const FILLING = [
  `create temp table number (n integer primary key)`,
  `insert into number with recursive counting(n) as (select 1 union all select n + 1 from counting where n < ${String(RECORDS)})
   select n from counting`,
  `insert into counter (tenant, name, value) values ('acme', 'mark', ${String(RECORDS)})`,
  `insert into entity_key (tenant, key, entity) select 'acme', 'Company:domain:c' || n || '.com', n from number`,
  `insert into record (tenant, entity, provider, record_key, kind, employer, employer_entity, keys, fields, fetched_at, mark)
   select 'acme', n, 'SURFE', 'k' || n, case when n % 5 = 0 then 'Person' else 'Company' end,
     case when n % 5 = 0 then 'Company:domain:c' || (n - 4) || '.com' end, case when n % 5 = 0 then n - 4 end,
     '[]', '{}', 0, n
   from number`,
  `insert into feed (tenant, id, connection, provider, query, query_hash, created_at, length, state, closed, folded, read_at)
   select 'acme', 'f' || n, 'icp:' || (n % 10), 'SURFE', '{}', 'h' || n, n, 100, 'null', n % 2, '[]', n
   from number where n <= ${String(RECORDS / 100)}`,
  `insert into feed_item (tenant, feed_id, position, mark, subject, entity, content, recorded_at)
   select 'acme', 'f' || (n / 100), n % 100, n, 'Company:domain:c' || n || '.com', n, '{}', 0 from number`,
  `insert into icp (tenant, id, external_user_id, profile, sent, created_at, updated_at, mark)
   select 'acme', 'i' || n, 'u' || n, '{}', 1, 0, 0, n from number where n <= 10000`,
  `insert into provider_call (tenant, id, provider, operation, reserved_credits, started_at, settled_at, outcome)
   select 'acme', 'c' || n, 'SURFE', 'extend', 1, n, n, 'OK' from number where n <= 10000`,
  `insert into charge (tenant, provider, month, unit, call_id)
   select 'acme', 'SURFE', '2026-11', 'c' || n, 'c' || n from number`,
  `insert into credit_count (tenant, provider, day, credits) select 'acme', 'SURFE', 'd' || n, 1 from number where n <= 3650`,
  `insert into spending (tenant, day, provider, operation, client, user_name, calls, credits, unsettled)
   select 'acme', n, 'SURFE', '', '', '', 1, 1, 0 from number where n <= 10000`,
];

const statements = [...allStatements().values()];

let database: Database;

beforeAll(async () => {
  database = await openDatabase(":memory:");
  for (const text of FILLING) await execute(database, text);
}, 300_000);

afterAll(() => database.destroy());

/** The steps of a plan that read a table. */
async function stepsOf(text: string): Promise<readonly string[]> {
  const steps = await query(database, `explain query plan ${text.replaceAll("?1", "'acme'").replaceAll("?2", "'[]'")}`);
  return steps.map(({ detail }) => String(detail));
}

/** Whether a step costs more the more there is, whatever was asked for. */
function isUnbounded(step: string): boolean {
  if (/^SCAN (json_each|CONSTANT ROW|\(subquery|given)/.test(step)) return false;
  if (/^SCAN/.test(step) || step.includes("AUTOMATIC")) return true;
  const [, conditions] = /^SEARCH .* \((.*)\)$/.exec(step) ?? [];
  return conditions !== undefined && /^tenant=\?$/.test(conditions);
}

describe("the plan of a statement", () => {
  it("is known of all of them", () => {
    expect(statements.length).toBeGreaterThan(40);
  });

  it.each(statements.map((one) => [one.name, one] as const))(
    "reads no more than was asked for: %s",
    async (name, one) => {
      const unbounded = (await stepsOf(sqliteText(one))).filter(isUnbounded);
      expect(unbounded).toEqual(WHOLE.includes(name) ? [expect.stringContaining("counter")] : []);
    },
  );

  it.each(["first profiles", "last profiles"])(
    "reads a part of a list in its order, without sorting: %s",
    async (name) => {
      const steps = await stepsOf(
        sqliteText(statements.find((one) => one.name === name) ?? { columns: {}, text: () => "" }),
      );
      expect(steps.filter((step) => step.includes("TEMP B-TREE"))).toEqual([]);
    },
  );

  it("would be told apart from a scan", async () => {
    const scans = await stepsOf("select * from record where record.fields = 'x'");
    const tenants = await stepsOf("select * from feed_item where tenant = 'acme'");
    expect([scans.some(isUnbounded), tenants.some(isUnbounded)]).toEqual([true, true]);
  });
});
