import { join } from "node:path";
import Sqlite from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { temporaryFolder } from "../support/server-process";
import { startTestApp, type TestApp } from "../support/test-app";

const SIMILAR = `{ similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 25) { totalCount nodes { id } } }`;
const PROFILE = "mutation { upsertICP(input: {}) { icp { id } } }";
const LOCKED = "The database cannot be written: another process holds its lock (SQLITE_BUSY).";
const WRONG = { message: "Something went wrong on our side.", extensions: { code: "INTERNAL_SERVER_ERROR" } };

let folder: ReturnType<typeof temporaryFolder>;
let other: Sqlite.Database;
let app: TestApp;
let lines: { readonly level: number; readonly msg: string; readonly reason?: string }[];
/** What happens as soon as a provider has answered, before anything of it is recorded. */
let onAnswer: () => void;

beforeEach(async () => {
  folder = temporaryFolder();
  lines = [];
  onAnswer = () => undefined;
  const databasePath = join(folder.path, "tributary.db");
  app = await startTestApp({
    losesAnswers: true,
    providers: ["SURFE", "LUSHA"],
    databasePath,
    lockWaitMs: 0,
    log: (text) => {
      const line = JSON.parse(text) as (typeof lines)[number];
      lines.push(line);
      if (line.msg === "provider call") onAnswer();
    },
  });
  other = new Sqlite(databasePath);
});

afterEach(async () => {
  if (other.inTransaction) other.exec("rollback");
  other.close();
  await app.stop();
  folder.remove();
});

function lock(): void {
  if (!other.inTransaction) other.exec("begin immediate");
}

async function health(path: string) {
  const response = await fetch(new URL(path, app.url));
  return [response.status, await response.json()];
}

describe("a server whose database is locked by another process", () => {
  it("makes no provider call, is up, is not ready, and says why", async () => {
    lock();
    expect(await app.send(SIMILAR)).toMatchObject({ status: 200, data: { similarCompanies: null }, errors: [WRONG] });
    expect(await app.send(PROFILE)).toMatchObject({ errors: [WRONG] });
    expect([app.lusha.control.calls(), app.surfe.control.calls()]).toEqual([[], []]);
    expect(await health("/healthz")).toEqual([200, { status: "up" }]);
    expect(await health("/readyz")).toEqual([503, { status: "not ready", reason: "lock", message: LOCKED }]);
    expect(lines.filter(({ reason }) => reason !== undefined)).toMatchObject([
      { level: 50, reason: "lock", msg: `${LOCKED} No provider is called until it can be.` },
    ]);
    other.exec("rollback");
    expect(await app.send(SIMILAR)).toMatchObject({ data: { similarCompanies: { nodes: expect.any(Array) } } });
    expect(await health("/readyz")).toEqual([200, { status: "ready" }]);
    expect(lines.map(({ msg }) => msg)).toContain("the database can be written again");
  });

  it("keeps a page of Lusha's that was paid for, and serves it once it is recorded, without buying it again", async () => {
    onAnswer = lock;
    expect(await app.send(SIMILAR)).toMatchObject({ data: { similarCompanies: null }, errors: [WRONG] });
    onAnswer = () => undefined;
    expect(await app.send(SIMILAR)).toMatchObject({ data: { similarCompanies: null }, errors: [WRONG] });
    expect(await health("/readyz")).toEqual([503, { status: "not ready", reason: "lock", message: LOCKED }]);
    other.exec("rollback");
    const { data, errors } = await app.send(SIMILAR);
    expect([errors, (data as { similarCompanies: { nodes: unknown[] } }).similarCompanies.nodes.length]).toEqual([
      undefined,
      25,
    ]);
    expect(app.lusha.control.calls()).toHaveLength(1);
    expect(await app.send("{ providers { provider creditsSpent } }")).toMatchObject({
      data: { providers: expect.arrayContaining([{ provider: "LUSHA", creditsSpent: 25 }]) },
    });
    expect(lines.map(({ msg }) => msg).filter((msg) => msg.startsWith("the outcome"))).toEqual([
      "the outcome of a provider call waits in memory until the database takes it",
      "the outcome of a provider call, which waited in memory, is recorded",
    ]);
    expect(lines.filter(({ msg }) => msg.includes("rollback"))).toEqual([]);
  });
});
