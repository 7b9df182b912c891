import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Client } from "pg";
import { openPostgres } from "../../../src/store/open-postgres";
import { postgresStatement } from "../../../src/store/sql/postgres-statement";
import { allStatements, POSTGRES_ALONE } from "../../support/all-statements";
import { ACME_TENANT } from "../../support/tenants";
import { newPostgresUrl } from "../../support/test-database";

/** What is asked for is everything: the tenants that there are. */
const WHOLE: readonly string[] = ["tenants"];

const statements = [...allStatements(POSTGRES_ALONE).values()].filter(({ name }) => !WHOLE.includes(name));

let client: Client;

beforeAll(async () => {
  const url = await newPostgresUrl();
  await (await openPostgres({ url, max: 2 })).destroy();
  client = new Client({ connectionString: url });
  await client.connect();
  await client.query("set enable_seqscan = off"); // a table is scanned only where no index fits
});

afterAll(() => client.end());

describe("the plan of a statement on PostgreSQL", () => {
  it.each(statements.map((one) => [one.name, one] as const))("reads every table by an index: %s", async (_, one) => {
    const { text, valuesOf } = postgresStatement(one);
    const values = valuesOf(ACME_TENANT, []);
    const bound = text.replaceAll(/\$([12])/g, (_, n) => `'${String(values[Number(n) - 1])}'`);
    const { rows } = await client.query<{ "QUERY PLAN": string }>(`explain ${bound}`);
    const scans = rows.map((row) => row["QUERY PLAN"]).filter((step) => step.includes("Seq Scan on"));
    expect(scans).toEqual([]);
  });
});
