import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Pool } from "pg";
import type { TenantId } from "../../../src/domain/tenant-id";
import { openPostgres } from "../../../src/store/open-postgres";
import { createPool } from "../../../src/store/sql/postgres-pool";
import { postgresStatement } from "../../../src/store/sql/postgres-statement";
import { allStatements, POSTGRES_ALONE } from "../../support/all-statements";
import { newPostgresUrl } from "../../support/test-database";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";

/** What is asked for is everything: the tenants that there are. */
const WHOLE: readonly string[] = ["tenants"];

/** Rows of a tenant: so few that to read all of them seems cheap. */
function filling(tenant: TenantId, first: number, last: number): readonly string[] {
  const numbers = `generate_series(${String(first)}, ${String(last)}) n`;
  return [
    `insert into counter (tenant, name, value) select case when n = 1 then '${tenant}' else 't' || n end, 'mark', n from ${numbers}`,
    `insert into entity_key (tenant, key, entity) select '${tenant}', 'Company:domain:c' || n || '.com', n from ${numbers}`,
    `insert into record (tenant, entity, provider, record_key, kind, employer, employer_entity, keys, fields, fetched_at, mark)
   select '${tenant}', n, 'SURFE', 'k' || n, case when n % 5 = 0 then 'Person' else 'Company' end,
     case when n % 5 = 0 then 'Company:domain:c' || (n - 4) || '.com' end, case when n % 5 = 0 then n - 4 end, '[]', '{}', 0, n
   from ${numbers}`,
    `insert into feed (tenant, id, connection, provider, query, query_hash, created_at, length, state, closed, folded, read_at)
   select '${tenant}', 'f' || n, 'icp:' || (n % 10), 'SURFE', '{}', 'h' || n, n, 100, 'null', n % 2, '[]', n
   from ${numbers}`,
    `insert into feed_item (tenant, feed_id, position, mark, subject, entity, content, recorded_at)
   select '${tenant}', 'f' || (n / 10), n % 10, n, 'Company:domain:c' || n || '.com', n, '{}', 0 from ${numbers}`,
    `insert into icp (tenant, id, external_user_id, profile, sent, created_at, updated_at, mark)
   select '${tenant}', 'i' || n, 'u' || n, '{}', 1, 0, 0, n from ${numbers}`,
    `insert into provider_call (tenant, id, provider, operation, reserved_credits, started_at, settled_at, outcome)
   select '${tenant}', 'c' || n, 'SURFE', 'extend', 1, n, n, 'OK' from ${numbers}`,
    `insert into charge (tenant, provider, month, unit, call_id)
   select '${tenant}', 'SURFE', '2026-11', 'c' || n, 'c' || n from ${numbers}`,
    `insert into credit_count (tenant, provider, day, credits) select '${tenant}', 'SURFE', 'd' || n, 1 from ${numbers}`,
    `insert into spending (tenant, day, provider, operation, client, user_name, calls, credits, unsettled)
   select '${tenant}', n, 'SURFE', '', '', '', 1, 1, 0 from ${numbers}`,
    `insert into setting (name, value) select 's' || n, '' from ${numbers}`,
    `insert into dropped_feed (tenant, id, length) select '${tenant}', 'd' || n, 1 from ${numbers}`,
    `insert into forgotten_person (tenant, hash) select '${tenant}', 'p' || n from ${numbers}`,
    `insert into lease (tenant, name, holder, expires_at) select '${tenant}', 'l' || n, 'h', n from ${numbers}`,
    `insert into shared_state (tenant, name, version, state) select '${tenant}', 's' || n, 1, '{}' from ${numbers}`,
  ];
}

interface Step {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  readonly Plans?: readonly Step[];
}

/** What is read whole, since it has no more than what was asked for: open calls, one row of many, and PostgreSQL's own tables. */
const BOUNDED = /provider_call_open|forgotten_person|pg_database/;

const statements = [...allStatements(POSTGRES_ALONE).values()].filter(({ name }) => !WHOLE.includes(name));

const MANY = 3_000;
/** When a database was analysed: the rows that it had, of which tenant. */
const ANALYSED = {
  "with its rows": { tenant: ACME_TENANT, rows: MANY },
  "when it was new": { tenant: ACME_TENANT, rows: 30 },
  "before the tenant came": { tenant: OTHER_TENANT, rows: MANY },
};

const pools = new Map<string, Pool>();

beforeAll(async () => {
  for (const [when, { tenant, rows }] of Object.entries(ANALYSED)) {
    const url = await newPostgresUrl();
    await (await openPostgres({ url, max: 2 })).destroy();
    const pool = createPool({ url, max: 1 });
    pools.set(when, pool);
    for (const text of [...filling(tenant, 1, rows), "analyze"]) await pool.query(text);
    const missing =
      tenant === ACME_TENANT ? filling(ACME_TENANT, rows + 1, MANY) : filling(ACME_TENANT, MANY + 1, 2 * MANY);
    for (const text of missing) await pool.query(text);
  }
});

afterAll(() => Promise.all([...pools.values()].map((pool) => pool.end())));

/** The steps of a plan that read a table, and would cost more the more there is, whatever was asked for. */
async function unboundedStepsOf(when: string, text: string): Promise<readonly string[]> {
  const pool = pools.get(when);
  if (!pool) throw new Error(`no database was analysed ${when}`);
  const { rows } = await pool.query<{ "QUERY PLAN": readonly { readonly Plan: Step }[] }>(
    `explain (format json) ${text}`,
  );
  return rows.flatMap((row) => row["QUERY PLAN"].flatMap(({ Plan: plan }) => unboundedIn(plan)));
}

function unboundedIn(plan: Step): readonly string[] {
  const { "Node Type": kind, "Relation Name": table, "Index Name": index, "Index Cond": condition } = plan;
  const isScan =
    kind === "Seq Scan" || (index !== undefined && /^(\(tenant = '[^']*'[^()]*\))?$/.test(condition ?? ""));
  const step = `${kind} ${table ?? ""} ${index ?? ""} ${condition ?? ""}`;
  const own = isScan && !BOUNDED.test(step) ? [step] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(unboundedIn)];
}

describe.each(Object.keys(ANALYSED))("the plan of a statement on PostgreSQL, analysed %s,", (when) => {
  it.each(statements.map((one) => [one.name, one] as const))("reads no more than was asked for: %s", async (_, one) => {
    const { text, valuesOf } = postgresStatement(one);
    const values = valuesOf(ACME_TENANT, []);
    const bound = text.replaceAll(/\$([12])/g, (__, n) => `'${String(values[Number(n) - 1])}'`);
    expect(await unboundedStepsOf(when, bound)).toEqual([]);
  });

  it("would be told apart from a scan", async () => {
    expect(await unboundedStepsOf(when, "select * from record where fields = 'x'")).not.toEqual([]);
    expect(await unboundedStepsOf(when, "select * from record where tenant = 'acme'")).not.toEqual([]);
  });
});
