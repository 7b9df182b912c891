import { join } from "node:path";
import Sqlite from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { NO_TENANT } from "../../src/domain/tenant-id";
import type { FeedHead } from "../../src/feeds/feed/feed-model";
import { Extender } from "../../src/feeds/feed/extender";
import { Feed } from "../../src/feeds/feed/feed";
import { openDatabase, type Database } from "../../src/store/open-database";
import { SqlFeedStore } from "../../src/store/feed.sql";
import { SqlCallLedger } from "../../src/store/ledger.sql";
import { statement } from "../../src/store/sql/statement";
import { query, spentSince } from "../support/database";
import { callerWith, extension, FakeSource, HEAD, NOW, rows } from "../support/fake-feed";
import { temporaryFolder } from "../support/server-process";
import { ACME_TENANT } from "../support/tenants";

const PAID = { kind: "credits", credits: 25 } as const;
const DISK_FULL = "The database cannot be written: its disk is full (SQLITE_FULL).";
const LOCKED = "The database cannot be written: another process holds its lock (SQLITE_BUSY).";

let folder: ReturnType<typeof temporaryFolder>;
let database: Database;
let other: Sqlite.Database;
let source: FakeSource;
let extender: Extender;
let feed: Feed;
let events: string[];

beforeEach(() => {
  folder = temporaryFolder();
});

async function start(lockWaitMs: number): Promise<void> {
  const path = join(folder.path, "tributary.db");
  database = await openDatabase(path, lockWaitMs);
  other = new Sqlite(path);
  source = new FakeSource();
  events = [];
  const store = new SqlFeedStore(database);
  extender = new Extender({
    store,
    ledger: new SqlCallLedger(database),
    budgetOf: () => 1_000,
    now: () => NOW,
    onWrite: () => undefined,
    held: { report: (event) => events.push(event) },
  });
  await store.create(HEAD);
  feed = new Feed(HEAD, extender, () => NOW);
}

afterEach(async () => {
  await extender.end();
  await database.destroy();
  other.close();
  folder.remove();
});

async function pragma(text: string): Promise<void> {
  const wanted = statement<object, unknown>("test pragma", {}, () => text);
  await database.writing(NO_TENANT, (writer) => writer.rows(wanted, [{}]));
}

function reach(to: number): Promise<unknown> {
  return feed.reach(to, source, callerWith()).then(
    () => feed.head.length,
    (error: unknown) => (error instanceof Error ? error.message : error),
  );
}

/** What is recorded of the feed and of the calls that were made for it. */
async function kept() {
  const [head] = await query(database, `select length from feed where id = '${HEAD.id}'`);
  const calls = await query(database, "select outcome, credits from provider_call");
  return {
    length: head?.["length"],
    calls,
    spent: await spentSince(new SqlCallLedger(database), ACME_TENANT, "SURFE", null),
  };
}

/** Rows that need pages of the file that it does not have yet. */
const LARGE_ROWS = rows(0, 25).map((row) => ({
  ...row,
  records: row.records.map((record) => ({ ...record, providerId: "x".repeat(8_000) })),
}));
const FIRST_PAGE = { ...extension(LARGE_ROWS), charge: PAID };
const PAID_ONCE = { length: 25, calls: [{ outcome: "OK", credits: 25 }], spent: 25 };
const NOT_YET = { length: 0, calls: [{ outcome: null, credits: 0 }], spent: 0 };

describe("a page that was paid for, while another process holds the lock", () => {
  it("is kept, and recorded once the lock is free, without another call", async () => {
    await start(0);
    const reading = reach(25);
    const fetch = await source.fetch(0);
    other.exec("begin immediate");
    fetch.give(FIRST_PAGE);
    expect(await reading).toBe(LOCKED);
    expect(await reach(25)).toBe(LOCKED);
    expect([await kept(), events]).toEqual([NOT_YET, ["held"]]);
    other.exec("rollback");
    expect(await reach(25)).toBe(25);
    expect([await kept(), events, source.fetches.length]).toEqual([PAID_ONCE, ["held", "made"], 1]);
  });

  it("waits for the lock without keeping the process from anything else", async () => {
    await start(60_000);
    const reading = reach(25);
    const fetch = await source.fetch(0);
    other.exec("begin immediate");
    const order: string[] = [];
    fetch.give(FIRST_PAGE);
    const waiting = reading.then(() => order.push("written"));
    expect(await query(database, "select count(*) as feeds from feed")).toEqual([{ feeds: 1 }]);
    order.push("read");
    other.exec("rollback");
    await waiting;
    expect([order, feed.head.length]).toEqual([["read", "written"], 25]);
  });
});

describe("a page that was paid for, while the disk is full", () => {
  it("is kept, and recorded once there is room, without another call", async () => {
    await start(0);
    const reading = reach(25);
    const fetch = await source.fetch(0);
    await pragma("pragma max_page_count = 1");
    fetch.give(FIRST_PAGE);
    expect(await reading).toBe(DISK_FULL);
    expect(await reach(25)).toBe(DISK_FULL);
    expect(await kept()).toEqual(NOT_YET);
    await pragma("pragma max_page_count = 100000");
    expect(await reach(25)).toBe(25);
    expect([await kept(), events, source.fetches.length]).toEqual([PAID_ONCE, ["held", "made"], 1]);
  });

  it("costs nobody else's write anything but that it fails likewise", async () => {
    await start(0);
    const store = new SqlFeedStore(database);
    await pragma("pragma max_page_count = 1");
    const large: FeedHead = { ...HEAD, id: "large", query: "x".repeat(1_000_000) };
    const answers = await Promise.allSettled([store.create(large), store.create(large)]);
    expect(answers.map((answer) => String(answer.status === "rejected" && answer.reason))).toEqual([
      `StoreError: ${DISK_FULL}`,
      `StoreError: ${DISK_FULL}`,
    ]);
    await pragma("pragma max_page_count = 100000");
    await store.create(large);
    expect(await store.byIds(ACME_TENANT, ["large"])).toEqual(new Map([["large", large]]));
  });
});

describe("a database that may not be written", () => {
  it("is told apart from a full disk and from a lock", async () => {
    await start(0);
    await pragma("pragma query_only = 1");
    const reading = await reach(25);
    expect(reading).toBe("The database cannot be written: this process may not write to its file (SQLITE_READONLY).");
    expect(source.fetches).toEqual([]);
  });
});
