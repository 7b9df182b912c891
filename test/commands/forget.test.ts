import { join } from "node:path";
import { writeFileSync } from "node:fs";
import Sqlite from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { entityKey } from "../../src/domain/entity-key";
import { UNKNOWN_PERSON } from "../../src/domain/person";
import type { PersonRecord } from "../../src/domain/record";
import { DEFAULT_TENANT, type TenantId } from "../../src/domain/tenant-id";
import { entityId, icpId } from "../../src/relay/global-id";
import { SqlEntityStore } from "../../src/store/entity.sql";
import type { Database } from "../../src/store/open-database";
import { openLockedDatabase } from "../../src/store/open-locked-database";
import { runCommand, type CommandResult } from "../support/command";
import { query } from "../support/database";
import { NOW } from "../support/fake-feed";
import { temporaryFolder } from "../support/server-process";
import { OTHER_TENANT } from "../support/tenants";

const JANE = entityKey("Person", "linkedin", "jane-doe");
const JANE_LUSHA = entityKey("Person", "lusha", "42");
const ACME = entityKey("Company", "domain", "acme.com");
const URL = "https://www.linkedin.com/in/jane-doe";

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let env: Readonly<Record<string, string>>;
/** As a running server has it open. */
let database: Database;

beforeEach(async () => {
  folder = temporaryFolder();
  path = join(folder.path, "tributary.db");
  env = { DATABASE_URL: `file:${path}`, SURFE_API_KEY: "secret" };
  database = await openLockedDatabase(path);
  await keep(DEFAULT_TENANT, recordOf("SURFE", null, [JANE]), recordOf("LUSHA", "42", [JANE_LUSHA]));
});

afterEach(async () => {
  await database.destroy();
  folder.remove();
});

function recordOf(
  provider: PersonRecord["provider"],
  providerId: string | null,
  keys: PersonRecord["keys"],
): PersonRecord {
  const fields = { ...UNKNOWN_PERSON, fullName: "Jane Doe", emails: [`jane@${provider}.example`] };
  return { kind: "Person", provider, providerId, keys, fields, employer: ACME };
}

function keep(tenant: TenantId, ...records: readonly PersonRecord[]): Promise<void> {
  return new SqlEntityStore(database).keep(tenant, records, NOW);
}

function run(...args: readonly string[]): Promise<CommandResult> {
  return runCommand(args, env);
}

function refused(stderr: string): CommandResult {
  return { status: 1, stdout: "", stderr: `${stderr}\n` };
}

function deleted(what: string): CommandResult {
  const stdout = `deleted in the tenant default: ${what}\nthe log of the database is emptied\n`;
  return { status: 0, stdout, stderr: "" };
}

async function recorded(): Promise<readonly unknown[]> {
  return (await query(database, "select provider from record order by provider")).map(({ provider }) => provider);
}

const UNKNOWN = "nothing is recorded of this person in the tenant default";

describe.each(["forget", "export"])("tributary %s", (command) => {
  const NAMES = `tributary ${command}: --person takes the LinkedIn address of a person, such as https://www.linkedin.com/in/jane-doe, or the id of a Person in the graph`;

  it.each([
    ["a company's address", "https://www.linkedin.com/company/acme"],
    ["a company's id", entityId(ACME)],
    ["a profile's id", icpId("01234567-89ab-4cde-8f01-23456789abcd")],
    ["a name", "Jane Doe"],
    ["nothing", ""],
    ["SQL", "' or 1=1; drop table record; --"],
    ["control characters", "https://www.linkedin.com/in/\u001b[31mjane\u202e"],
    ["a huge text", "jane".repeat(100_000)],
    ["a broken escape", "https://www.linkedin.com/in/%E0%A4%A"],
    ["an id with a tail", `${entityId(JANE)}AA=`],
  ])("takes no person from %s, does not repeat it, and changes nothing", async (_, person) => {
    expect(await run(command, `--person=${person}`)).toEqual(refused(NAMES));
    expect(await recorded()).toEqual(["LUSHA", "SURFE"]);
  });

  it.each([
    ["an address", "https://www.linkedin.com/in/jane-do"],
    ["an address of a huge name", `https://www.linkedin.com/in/${"j".repeat(100_000)}`],
    ["an id", entityId(entityKey("Person", "linkedin", "'; --"))],
    ["an id of a stand-in", entityId(entityKey("Person", "forgotten", "x"))],
  ])("knows nobody by %s", async (_, person) => {
    expect(await run(command, "--person", person)).toEqual(refused(UNKNOWN));
    expect(await recorded()).toEqual(["LUSHA", "SURFE"]);
  });

  it("needs a person, and a tenant with a tenants file", async () => {
    expect(await run(command)).toEqual(refused(`tributary ${command} needs --person. See tributary ${command} --help`));
    const file = join(folder.path, "tenants.json");
    const keys = [{ name: "web", sha256: "0".repeat(64) }];
    writeFileSync(file, JSON.stringify({ tenants: [{ id: "acme", keys }] }));
    env = { DATABASE_URL: `file:${path}`, AUTH: "api-key", TENANTS_FILE: file };
    expect(await run(command, "--person", URL)).toEqual(refused("--tenant is needed with a tenants file: acme"));
    expect(await run(command, "--person", URL, "--tenant", "default")).toEqual(
      refused('there is no tenant "default": acme'),
    );
    expect(await run(command, "--person", URL, "--tenant", "acme")).toEqual(
      refused("nothing is recorded of this person in the tenant acme"),
    );
    expect(await recorded()).toEqual(["LUSHA", "SURFE"]);
  });

  it("creates no database", async () => {
    env = { DATABASE_URL: `file:${join(folder.path, "missing.db")}` };
    const missing = `there is no database ${join(folder.path, "missing.db")}. Correct DATABASE_URL.`;
    expect(await run(command, "--person", URL)).toEqual(refused(missing));
    env = { DATABASE_URL: "file::memory:" };
    expect(await run(command, "--person", URL)).toEqual(refused("a database in memory is in the server alone"));
  });
});

describe("tributary forget", () => {
  it.each([
    "https://www.linkedin.com/in/jane-doe",
    "  HTTP://de.linkedin.com//in/Jane-Doe/?trk=x#top ",
    "linkedin.com/in/jane%2Ddoe",
    entityId(JANE),
  ])("takes every spelling of a person: %j", async (person) => {
    expect(await run("forget", "--person", person)).toEqual(deleted("1 record"));
    expect(await recorded()).toEqual(["LUSHA"]);
  });

  it("deletes once, and says so of somebody who was forgotten before", async () => {
    expect(await run("forget", "--person", URL)).toEqual(deleted("1 record"));
    for (const args of [[], ["--dry-run"]]) {
      expect(await run("forget", "--person", URL, ...args)).toEqual(refused(`${UNKNOWN}: they were forgotten before`));
    }
    expect(await run("export", "--person", URL)).toEqual(refused(`${UNKNOWN}: they were forgotten before`));
  });

  it("finds somebody by an id that became another's, and deletes both", async () => {
    await keep(DEFAULT_TENANT, recordOf("LINKUP", null, [JANE, JANE_LUSHA]));
    expect(await run("forget", "--person", entityId(JANE_LUSHA))).toEqual(deleted("3 records"));
    expect(await recorded()).toEqual([]);
  });

  it("leaves another tenant's data alone", async () => {
    await keep(OTHER_TENANT, recordOf("SURFE", null, [JANE]));
    // Pages with rows of the other tenant have the same bytes.
    const stdout =
      "deleted in the tenant default: 1 record\nwhat was left between rows of the database is overwritten\n";
    expect(await run("forget", "--person", URL)).toEqual({ status: 0, stdout, stderr: "" });
    const rows = await query(database, "select tenant, provider from record order by tenant, provider");
    expect(rows).toEqual([
      { tenant: "default", provider: "LUSHA" },
      { tenant: OTHER_TENANT, provider: "SURFE" },
    ]);
  });

  it("deletes nothing where the last of it cannot be deleted", async () => {
    const other = new Sqlite(path);
    other.exec("create trigger full before delete on entity_key begin select raise(abort, 'no'); end");
    const before = await query(database, "select * from record, entity_key, counter order by 1, 2, 3, 4");
    expect(await run("forget", "--person", URL)).toMatchObject({ status: 1, stdout: "" });
    expect(await query(database, "select * from record, entity_key, counter order by 1, 2, 3, 4")).toEqual(before);
    expect(await query(database, "select * from forgotten_person")).toEqual([]);
    other.exec("drop trigger full");
    other.close();
    expect(await run("forget", "--person", URL)).toEqual(deleted("1 record"));
  });
});

describe("tributary export", () => {
  it("prints every record with its identifiers", async () => {
    await keep(DEFAULT_TENANT, recordOf("LINKUP", "urn:1", [JANE, JANE_LUSHA]));
    const { status, stdout, stderr } = await run("export", "--person", URL);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const at = { employer: ACME, fetchedAt: "2026-11-20T10:00:00.000Z" };
    const saying = (provider: string) => ({
      ...at,
      fields: { ...UNKNOWN_PERSON, fullName: "Jane Doe", emails: [`jane@${provider}.example`] },
    });
    expect(JSON.parse(stdout)).toEqual({
      tenant: "default",
      ids: [entityId(JANE), entityId(JANE_LUSHA)],
      identifiers: ["linkedin:jane-doe", "lusha:42"],
      records: [
        {
          provider: "LINKUP",
          providerId: "urn:1",
          identifiers: ["linkedin:jane-doe", "lusha:42"],
          ...saying("LINKUP"),
        },
        { provider: "LUSHA", providerId: "42", identifiers: ["lusha:42"], ...saying("LUSHA") },
        { provider: "SURFE", providerId: null, identifiers: ["linkedin:jane-doe"], ...saying("SURFE") },
      ],
      lists: [],
      contactOf: [],
      namedInLists: [],
      profiles: [],
    });
  });
});
