import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { entityKey } from "../../src/domain/entity-key";
import { UNKNOWN_PERSON } from "../../src/domain/person";
import type { PersonRecord } from "../../src/domain/record";
import { DEFAULT_TENANT, type TenantId } from "../../src/domain/tenant-id";
import { SqlEntityStore } from "../../src/store/entity.sql";
import type { Database } from "../../src/store/open-database";
import { openLockedDatabase } from "../../src/store/open-locked-database";
import { runCommand } from "../support/command";
import { query } from "../support/database";
import { NOW } from "../support/fake-feed";
import { temporaryFolder } from "../support/server-process";
import { ACME_TENANT, OTHER_TENANT } from "../support/tenants";

const TENANTS = [DEFAULT_TENANT, ACME_TENANT, OTHER_TENANT];
const PEOPLE = 600;
/** A step through all people, so that rows come between rows, and pages are split. */
const STEP = 241;

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let database: Database;

beforeEach(async () => {
  folder = temporaryFolder();
  path = join(folder.path, "tributary.db");
  database = await openLockedDatabase(path);
  for (let from = 0; from < PEOPLE; from += 50) {
    for (const tenant of TENANTS) {
      const records = Array.from({ length: 50 }, (_, i) => recordOf(tenant, ((from + i) * STEP) % PEOPLE));
      await new SqlEntityStore(database).keep(tenant, records, NOW);
    }
  }
});

afterEach(async () => {
  await database.destroy();
  folder.remove();
});

function recordOf(tenant: TenantId, number: number): PersonRecord {
  const fields = {
    ...UNKNOWN_PERSON,
    fullName: `Nr ${String(number)} of ${tenant}.`,
    emails: [`nr${String(number)}@${tenant}.example`],
    summary: "Sells software. ".repeat(number % 20),
  };
  const keys = [entityKey("Person", "linkedin", `nr-${String(number)}`)];
  return { kind: "Person", provider: "SURFE", providerId: `id-${String(number)}.`, keys, fields, employer: null };
}

/** What a tenant's rows of a person have in the files: their name, their address, and their key in the table of names. */
function tracesOf(tenant: TenantId, number: number): readonly string[] {
  const files = [path, `${path}-wal`].filter((file) => existsSync(file));
  const bytes = files.map((file) => readFileSync(file, "latin1")).join("");
  const traces = [`Nr ${String(number)} of ${tenant}\\.`, `nr${String(number)}@${tenant}\\.`];
  return [...traces, `${tenant}Person:linkedin:nr-${String(number)}(?!\\d)`].filter((text) =>
    new RegExp(text).test(bytes),
  );
}

describe("tributary forget of people whom other tenants have too", () => {
  it("leaves nothing of them between the rows of the file, which it does not write anew, and all of the others", async () => {
    const others = async (): Promise<unknown> =>
      query(database, "select * from record where tenant <> 'default' order by tenant, record_key");
    const before = await others();
    const numbers = [0, 7, 99, 100, 240, 241, 333, 512, 598, 599];
    for (const number of numbers) {
      expect(tracesOf(DEFAULT_TENANT, number)).toHaveLength(3);
      const person = `https://www.linkedin.com/in/nr-${String(number)}`;
      const env = { DATABASE_URL: `file:${path}`, SURFE_API_KEY: "x" };
      const { stdout } = await runCommand(["forget", "--person", person], env);
      expect(stdout).toMatch(
        /^deleted in the tenant default: 1 record\n(the log .* emptied|what was left .* overwritten)\n$/,
      );
      expect(tracesOf(DEFAULT_TENANT, number)).toEqual([]);
    }
    expect(numbers.map((number) => tracesOf(OTHER_TENANT, number).length)).toEqual(numbers.map(() => 3));
    expect(await others()).toEqual(before);
    expect(await query(database, "pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
  });
});
