import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Client } from "pg";
import { openPostgres } from "../../../src/store/open-postgres";
import { postgresStatement } from "../../../src/store/sql/postgres-statement";
import { tenantId } from "../../../src/domain/tenant-id";
import { allStatements, POSTGRES_ALONE, type AnyStatement } from "../../support/all-statements";
import { countConditions, withoutCondition } from "../../support/tenant-conditions";
import { TENANTS, worldsOf, type Outcome, type Schema, type Tenant, type World } from "../../support/tenant-worlds";
import { newPostgresUrl } from "../../support/test-database";

const WORLDS = 8;
/** SQLite runs the statements that both have in many more worlds: here it is about what PostgreSQL makes of them. */
const WORLDS_OF_ALL = 3;

const everywhere = new Set(allStatements().keys());
const statements = [...allStatements(POSTGRES_ALONE).values()].filter(hasTenant);
const alone = statements.filter(({ name }) => !everywhere.has(name));

/** Of a query. */
const NOTHING_CHANGED: Outcome["kept"] = { acme: "", other: "" };

/** What each tenant gets and keeps, by statement and world. */
type Outcomes = ReadonlyMap<string, Outcome>;

let client: Client;
let schema: Schema;
/** Of PostgreSQL's schemas, the one that has the tables. */
let place: string;
let worlds: readonly World[];

beforeAll(async () => {
  const url = await newPostgresUrl();
  await (await openPostgres({ url, max: 2 })).destroy();
  client = new Client({ connectionString: url });
  await client.connect();
  schema = await schemaOf(client);
  const [current] = (await client.query<{ place: string }>("select current_schema() as place")).rows;
  place = String(current?.place);
  worlds = worldsOf(schema, statements, 11, WORLDS);
});

afterAll(() => client.end());

function hasTenant(one: AnyStatement): boolean {
  return postgresStatement(one).text.includes("$1::text");
}

async function schemaOf(reader: Client): Promise<Schema> {
  const { rows } = await reader.query<{ name: string; columns: Schema["tables"][number]["columns"] }>(
    `select table_name as name, json_agg(json_build_object('name', column_name, 'type',
         case data_type when 'text' then 'text' else 'integer' end, 'isNeeded', is_nullable = 'NO')
       order by ordinal_position) as columns
     from information_schema.columns where table_schema = current_schema()
     group by table_name having bool_or(column_name = 'tenant') order by table_name`,
  );
  return { tables: rows, statements: [] };
}

/** Runs `work` on the rows of some tenants of a world, and takes everything back. */
async function within<T>({ rows }: World, tenants: readonly Tenant[], work: () => Promise<T>): Promise<T> {
  await client.query("begin");
  for (const tenant of tenants) {
    for (const { name } of schema.tables) {
      const added = (rows[tenant][name] ?? []).map((row) => ({ ...row, tenant }));
      await client.query(
        `insert into ${name} select * from json_populate_recordset(null::${place}.${name}, $1) on conflict do nothing`,
        [JSON.stringify(added)],
      );
    }
  }
  try {
    return await work();
  } finally {
    await client.query("rollback");
  }
}

/** What statements come to for a tenant, each on the same rows. */
async function outcomesOf(
  wanted: readonly AnyStatement[],
  tenant: Tenant,
  given: World["given"],
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const one of wanted) {
    await client.query("savepoint outcome");
    const { text, valuesOf } = postgresStatement(one);
    const gave = await client
      .query<object>(text, valuesOf(tenantId(tenant), given(one)))
      .then(({ rows, rowCount }) => (rows.length === 0 ? rowCount : rows.map(textOf).sort()))
      .catch((error: unknown) => (error as { readonly code?: string }).code);
    if (typeof gave === "string") await client.query("rollback to outcome");
    const isQuery = text.trimStart().startsWith("select");
    const kept = isQuery ? NOTHING_CHANGED : { acme: await keptBy("acme"), other: await keptBy("other") };
    outcomes.set(one.name, { gave, kept });
    await client.query("rollback to outcome");
  }
  return outcomes;
}

/** Everything that a tenant has. */
async function keptBy(tenant: Tenant): Promise<string> {
  const parts = schema.tables.map(
    ({ name }) => `select '${name}' as name, to_jsonb(t) as row from ${name} t where tenant = $1`,
  );
  const { rows } = await client.query<object>(parts.join(" union all "), [tenant]);
  return rows.map(textOf).sort().join("\n");
}

/** Times of PostgreSQL's clock are all the same, and so are its transactions. */
function textOf(row: object): string {
  return JSON.stringify(row, (name, value: unknown) => {
    if (name === "transaction") return "this";
    return Number(value) > 1e12 ? "now" : value;
  });
}

/** What statements come to where both tenants have rows by the same ids, next to what they would where each is alone. */
async function compare(
  world: World,
  wanted: readonly AnyStatement[],
  slipped = wanted,
): Promise<{ readonly actual: Outcomes; readonly expected: Outcomes }> {
  const actual = new Map<string, Outcome>();
  const expected = new Map<string, Outcome>();
  for (const tenant of TENANTS) {
    const others = tenant === "acme" ? "other" : "acme";
    const unchanged = await within(world, [others], () => keptBy(others));
    const together = await within(world, TENANTS, () => outcomesOf(slipped, tenant, world.given));
    const single = await within(world, [tenant], () => outcomesOf(wanted, tenant, world.given));
    for (const [name, outcome] of together) actual.set(`${name} ${tenant}`, outcome);
    for (const [name, { gave, kept }] of single) {
      expected.set(`${name} ${tenant}`, {
        gave,
        kept: kept === NOTHING_CHANGED ? kept : { ...kept, [others]: unchanged },
      });
    }
  }
  return { actual, expected };
}

describe("a statement that PostgreSQL runs for one of two tenants with the same ids", () => {
  it("reads and writes what is theirs", async () => {
    for (const [nth, world] of worlds.entries()) {
      const { actual, expected } = await compare(world, nth < WORLDS_OF_ALL ? statements : alone);
      expect(actual).toEqual(expected);
    }
  });

  it("would be told apart without its conditions, where PostgreSQL alone has it", async () => {
    const seen = new Set<string>();
    const conditional = alone.filter((one) => countConditions(one) > 0);
    for (const world of worlds) {
      for (const one of conditional) {
        const { actual, expected } = await compare(world, [one], [withoutCondition(one, "each")]);
        if (JSON.stringify([...actual]) !== JSON.stringify([...expected])) seen.add(one.name);
      }
    }
    expect(conditional).toHaveLength(4);
    expect([...seen].sort()).toEqual(["lock mark", "release lease", "renew lease", "shared state"]);
  });
});
