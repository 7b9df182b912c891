import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { NO_ORIGIN, type CallOrigin } from "../../src/domain/call-origin";
import type { Provider } from "../../src/domain/provider";
import { DEFAULT_TENANT } from "../../src/domain/tenant-id";
import type { NewCall } from "../../src/feeds/feed/call-ledger.port";
import { SqlCallLedger } from "../../src/store/ledger.sql";
import type { Database } from "../../src/store/open-database";
import { openLockedDatabase } from "../../src/store/open-locked-database";
import { runCommand, type CommandResult } from "../support/command";
import { temporaryFolder } from "../support/server-process";
import { OTHER_TENANT } from "../support/tenants";

let folder: ReturnType<typeof temporaryFolder>;
let env: Readonly<Record<string, string>>;
/** As a running server has it open. */
let database: Database;
let store: SqlCallLedger;

beforeEach(async () => {
  folder = temporaryFolder();
  const path = join(folder.path, "tributary.db");
  env = { DATABASE_URL: `file:${path}`, SURFE_API_KEY: "secret" };
  database = await openLockedDatabase(path);
  store = new SqlCallLedger(database);
});

afterEach(async () => {
  await database.destroy();
  folder.remove();
});

const at = (text: string): Date => new Date(text);

/** A call that ended with an error that cost `credits`; `null`: its outcome is unknown. */
async function spend(
  id: string,
  provider: Provider,
  credits: number | null,
  ended: Date,
  origin: Partial<CallOrigin> = {},
  tenant = DEFAULT_TENANT,
): Promise<void> {
  const call: NewCall = {
    id,
    tenant,
    provider,
    operation: "extend",
    feedId: null,
    reservedCredits: 9,
    startedAt: ended,
    origin: { ...NO_ORIGIN, ...origin },
  };
  await store.begin(call, null);
  await store.fail(call, "PROVIDER_OUTCOME_UNKNOWN", credits, ended);
}

function ledger(...args: readonly string[]): Promise<CommandResult> {
  return runCommand(["ledger", ...args], env);
}

const printed = (stdout: string): CommandResult => ({ status: 0, stdout, stderr: "" });
const refused = (stderr: string): CommandResult => ({ status: 1, stdout: "", stderr });

describe("tributary ledger", () => {
  beforeEach(async () => {
    await spend("1", "SURFE", 3, at("2026-11-01T00:00:00Z"), { operation: "Shortlist", client: "web", user: "u1" });
    await spend("2", "LUSHA", 12.5, at("2026-11-02T09:00:00Z"), { client: '=HYPERLINK("x"),y' });
    await spend("3", "LINKUP", null, at("2026-11-02T10:00:00Z"), { client: "a\u001b[31m\nb".padEnd(60, "c") });
    await spend("4", "SURFE", 1, at("2026-10-31T23:59:59.999Z"));
    await spend("5", "SURFE", 100, at("2026-11-02T10:00:00Z"), {}, OTHER_TENANT);
  });

  it("prints a table that fits a terminal, with nothing in it that a terminal would obey", async () => {
    expect(await ledger("--since", "2026-11-01", "--by", "provider,day")).toEqual(
      printed(
        [
          "provider  day         calls  credits  unsettled",
          "SURFE     2026-11-01      1        3          0",
          "LUSHA     2026-11-02      1     12.5          0",
          "LINKUP    2026-11-02      1        0          9",
          "",
        ].join("\n"),
      ),
    );
    expect((await ledger("--by", "client", "--since", "2026-11-02T09:30:00Z")).stdout).toBe(
      [
        "client                            calls  credits  unsettled",
        `a\ufffd[31m\ufffdb${"c".repeat(23)}…      1        0          9`,
        "",
      ].join("\n"),
    );
  });

  it("prints one sum of all where nothing divides it", async () => {
    expect(await ledger()).toEqual(printed("calls  credits  unsettled\n    4     16.5          9\n"));
    expect(await ledger("--until", "2026-11-01")).toEqual(
      printed("calls  credits  unsettled\n    1        1          0\n"),
    );
    expect(await ledger("--since", "2027-01-01")).toEqual(printed("calls  credits  unsettled\n"));
  });

  it("prints CSV that a spreadsheet takes for text and numbers, with nothing for null", async () => {
    expect(await ledger("--format", "csv", "--by", "operation,client", "--until", "2026-11-02T09:30:00Z")).toEqual(
      printed(
        [
          "operation,client,calls,credits,unsettled",
          "Shortlist,web,1,3,0",
          `,"'=HYPERLINK(""x""),y",1,12.5,0`,
          ",,1,1,0\n",
        ].join("\r\n"),
      ),
    );
  });

  it("prints JSON, an array of what was asked for", async () => {
    const { stdout } = await ledger("--format", "json", "--by", "user,day", "--until=2026-11-02");
    expect(JSON.parse(stdout)).toEqual([
      { user: null, day: "2026-10-31", calls: 1, credits: 1, unsettled: 0 },
      { user: "u1", day: "2026-11-01", calls: 1, credits: 3, unsettled: 0 },
    ]);
    expect(JSON.parse((await ledger("--format", "json", "--since", "2027-01-01")).stdout)).toEqual([]);
  });

  it.each([
    [["--by", "week"], '--by takes some of provider,day,operation,client,user, and "week" is none'],
    [["--format", "xml"], '--format takes table, csv, json, and "xml" is none'],
    [
      ["--since", "2026-02-30"],
      '--since takes a day (2026-11-01, UTC) or a time (2026-11-01T08:00:00Z), and "2026-02-30" is none',
    ],
    [
      ["--until", "yesterday"],
      '--until takes a day (2026-11-01, UTC) or a time (2026-11-01T08:00:00Z), and "yesterday" is none',
    ],
    [["--since", "2026-11-02", "--until", "2026-11-01"], "--since must not be later than --until"],
  ])("refuses %j", async (args, message) => {
    expect(await ledger(...args)).toEqual(refused(`tributary ledger: ${message}\n`));
  });

  it("needs a tenant with a tenants file, and one that is in it", async () => {
    const file = join(folder.path, "tenants.json");
    const key = { name: "web", sha256: "0".repeat(64) };
    writeFileSync(
      file,
      JSON.stringify({
        tenants: [
          { id: "acme", keys: [key] },
          { id: "other", keys: [{ ...key, sha256: "1".repeat(64) }] },
        ],
      }),
    );
    env = { ...env, AUTH: "api-key", TENANTS_FILE: file };
    expect(await ledger()).toEqual(refused("--tenant is needed with a tenants file: acme, other\n"));
    expect(await ledger("--tenant", "nobody")).toEqual(refused('there is no tenant "nobody": acme, other\n'));
    expect(await ledger("--tenant", "other")).toEqual(
      printed("calls  credits  unsettled\n    1      100          0\n"),
    );
  });

  it("creates no database", async () => {
    env = { DATABASE_URL: `file:${join(folder.path, "missing.db")}` };
    expect(await ledger()).toEqual(
      refused(`there is no database ${join(folder.path, "missing.db")}. Correct DATABASE_URL.\n`),
    );
    env = { DATABASE_URL: "file::memory:" };
    expect(await ledger()).toEqual(refused("a database in memory is in the server alone\n"));
  });
});

describe("tributary ledger settle", () => {
  beforeEach(async () => {
    await spend("lost", "LINKUP", null, at("2026-11-02T10:00:00Z"), { operation: "Network", user: "u1" });
    await spend("known", "LUSHA", 2, at("2026-11-02T11:00:00Z"));
  });

  it("books what the invoice says, on the day of the call, once, while the server runs", async () => {
    const header = "call  provider  started                   reserved  operation  client  user";
    expect(await ledger("unsettled")).toEqual(
      printed(`${header}\nlost  LINKUP    2026-11-02T10:00:00.000Z         9  Network    -       u1\n`),
    );
    expect(await store.committed(DEFAULT_TENANT, "LINKUP", at("2026-11-20T00:00:00Z"))).toBe(9);
    expect(await ledger("settle", "lost", "--credits", "3")).toEqual(
      printed("the call of LinkUp at 2026-11-02T10:00:00.000Z is settled with 3 credits\n"),
    );
    expect(await store.committed(DEFAULT_TENANT, "LINKUP", at("2026-11-20T00:00:00Z"))).toBe(3);
    const periods = [null, at("2026-11-02T10:00:00Z")].map((since) => ({ provider: "LINKUP" as const, since }));
    expect(await store.spent(DEFAULT_TENANT, periods)).toEqual([3, 3]);
    expect((await ledger("--by", "day,operation")).stdout).toBe(
      [
        "day         operation  calls  credits  unsettled",
        "2026-11-02  Network        1        3          0",
        "2026-11-02  -              1        2          0",
        "",
      ].join("\n"),
    );
    expect((await ledger("unsettled")).stdout).toBe("call  provider  started  reserved  operation  client  user\n");
    const again = 'there is no unsettled call "lost" of the tenant default. See tributary ledger unsettled\n';
    expect(await ledger("settle", "lost", "--credits", "3")).toEqual(refused(again));
  });

  it.each([
    [
      ["known", "--credits", "1"],
      'there is no unsettled call "known" of the tenant default. See tributary ledger unsettled\n',
    ],
    [
      ["lost", "--credits", "-1"],
      "tributary ledger settle takes --credits with a value. See tributary ledger settle --help\n",
    ],
    [["lost", "--credits=-1"], 'tributary ledger settle: --credits takes a number from 0, and "-1" is none\n'],
    [["lost", "--credits", "much"], 'tributary ledger settle: --credits takes a number from 0, and "much" is none\n'],
    [["lost"], "tributary ledger settle needs --credits. See tributary ledger settle --help\n"],
    [["--credits", "1"], "tributary ledger settle takes one CALL. See tributary ledger settle --help\n"],
  ])("refuses %j", async (args, message) => {
    expect(await ledger("settle", ...args)).toEqual(refused(message));
    expect(await store.committed(DEFAULT_TENANT, "LINKUP", at("2026-11-20T00:00:00Z"))).toBe(9);
  });
});
