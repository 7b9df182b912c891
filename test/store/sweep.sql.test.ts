import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { NO_ORIGIN } from "../../src/domain/call-origin";
import { byProvider } from "../../src/domain/provider";
import type { NewCall } from "../../src/feeds/feed/call-ledger.port";
import type { Database } from "../../src/store/open-database";
import { SqlFeedStore } from "../../src/store/feed.sql";
import { settleCall, SqlCallLedger } from "../../src/store/ledger.sql";
import { SqlSweep, type OldBefore } from "../../src/store/sweep.sql";
import { execute, query, spentSince } from "../support/database";
import { extension, HEAD, NOW, paidBy, rows } from "../support/fake-feed";
import { ACME_TENANT, OTHER_TENANT } from "../support/tenants";
import { openTestDatabase } from "../support/test-database";

const LATER = new Date("2026-11-21T00:00:00Z");
const MONTH_AGO = new Date("2026-10-20T10:00:00Z");

let database: Database;
let sweep: SqlSweep;
let feeds: SqlFeedStore;

beforeEach(async () => {
  database = await openTestDatabase();
  sweep = new SqlSweep(database);
  feeds = new SqlFeedStore(database);
});

afterEach(() => database.destroy());

async function begin(id: string, createdAt: Date, changes: Partial<typeof HEAD> = {}) {
  const head = { ...HEAD, id, createdAt, ...changes };
  await feeds.create(head);
  return head;
}

async function idsWhere(condition: string): Promise<readonly unknown[]> {
  const found = await query(database, `select tenant || ' ' || id as id from feed where ${condition} order by 1`);
  return found.map(({ id }) => id);
}

describe("SqlSweep.closeFeeds", () => {
  it("closes a provider's feeds that are too old and that nobody reads, of one tenant", async () => {
    await begin("old", MONTH_AGO);
    await begin("old and read", MONTH_AGO);
    await begin("young", NOW);
    await begin("another provider's", MONTH_AGO, { provider: "LUSHA" });
    await begin("another tenant's", MONTH_AGO, { tenant: OTHER_TENANT });
    await sweep.noteReads(ACME_TENANT, new Map([["old and read", NOW.getTime()]]));
    expect(await sweep.closeFeeds(ACME_TENANT, "SURFE", NOW, NOW)).toEqual(["old"]);
    expect(await sweep.closeFeeds(ACME_TENANT, "SURFE", NOW, NOW)).toEqual([]);
    expect(await idsWhere("closed = 1")).toEqual(["acme old"]);
  });

  it("takes small steps", async () => {
    for (let i = 0; i < 60; i++) await begin(String(i), MONTH_AGO);
    const steps = [
      await sweep.closeFeeds(ACME_TENANT, "SURFE", NOW, NOW),
      await sweep.closeFeeds(ACME_TENANT, "SURFE", NOW, NOW),
    ];
    expect(steps.map(({ length }) => length)).toEqual([50, 10]);
  });
});

describe("SqlSweep.dropFeeds", () => {
  it("deletes feeds that nobody read for so long, and their rows in small steps; entities and records stay", async () => {
    const old = await begin("old", MONTH_AGO);
    const read = await begin("read", MONTH_AGO);
    const theirs = await begin("old", MONTH_AGO, { tenant: OTHER_TENANT });
    await feeds.append(old, ...paidBy("1", extension(rows(0, 1_200))), MONTH_AGO);
    await feeds.append(read, ...paidBy("2", extension(rows(0, 3))), MONTH_AGO);
    await feeds.append(theirs, ...paidBy("3", extension(rows(0, 2))), MONTH_AGO);
    await sweep.noteReads(ACME_TENANT, new Map([["read", NOW.getTime()]]));
    expect(await sweep.dropFeeds(ACME_TENANT, NOW)).toEqual(["old"]);
    expect(await sweep.dropFeeds(ACME_TENANT, NOW)).toEqual([]);
    expect(await idsWhere("true")).toEqual(["acme read", "other old"]);
    const left: unknown[] = [];
    while (await sweep.dropRows(ACME_TENANT)) {
      left.push(
        ...(await query(database, "select count(*) as n from feed_item where tenant = 'acme' and feed_id = 'old'")),
      );
    }
    expect(left).toEqual([{ n: 700 }, { n: 200 }, { n: 0 }]);
    expect(
      await query(database, "select tenant, feed_id, count(*) as n from feed_item group by 1, 2 order by 1, 2"),
    ).toEqual([
      { tenant: ACME_TENANT, feed_id: "read", n: 3 },
      { tenant: OTHER_TENANT, feed_id: "old", n: 2 },
    ]);
    expect(await query(database, "select count(*) as n from record where tenant = 'acme'")).toEqual([{ n: 1_200 }]);
    expect(await query(database, "select * from dropped_feed")).toEqual([]);
  });
});

function callOf(id: string, startedAt: Date, changes: Partial<NewCall> = {}): NewCall {
  const common = { tenant: ACME_TENANT, provider: "LUSHA", operation: "extend", feedId: null } as const;
  return { ...common, id, startedAt, reservedCredits: 5, origin: NO_ORIGIN, ...changes };
}

describe("SqlSweep.isDue", () => {
  const LONG_AGO = new Date("2025-01-01T00:00:00Z");
  const NEVER: OldBefore = { begun: byProvider(() => LONG_AGO), left: LONG_AGO, read: LONG_AGO, called: LONG_AGO };

  async function isDue(before: Partial<OldBefore>): Promise<boolean> {
    expect(await sweep.isDue(OTHER_TENANT, { ...NEVER, ...before })).toBe(false);
    return sweep.isDue(ACME_TENANT, { ...NEVER, ...before });
  }

  it("says whether there are feeds to close, feeds to delete, or rows of deleted ones", async () => {
    const aged = { begun: byProvider((provider) => (provider === "SURFE" ? NOW : LONG_AGO)), left: NOW };
    expect([await isDue(aged), await isDue({ read: NOW })]).toEqual([false, false]);
    const head = await begin("old", MONTH_AGO);
    await feeds.append(head, ...paidBy("1", extension(rows(0, 2))), MONTH_AGO);
    expect([await isDue(aged), await isDue({ ...aged, left: LONG_AGO }), await isDue({ read: NOW })]).toEqual([
      true,
      false,
      true,
    ]);
    await sweep.dropFeeds(ACME_TENANT, NOW);
    expect(await isDue({})).toBe(true);
    await sweep.dropRows(ACME_TENANT);
    expect([await isDue({}), await isDue(aged), await isDue({ read: NOW })]).toEqual([false, false, false]);
  });

  it("says whether the ledger has old calls, units, counts or sums, each by itself", async () => {
    const ledger = new SqlCallLedger(database);
    const old = { called: LATER };
    await ledger.begin(callOf("1", MONTH_AGO), null);
    const none = [await isDue(old)];
    const charge = { kind: "units", units: ["a"] } as const;
    await database.writing(ACME_TENANT, (writer) =>
      settleCall(writer, { id: "1", provider: "LUSHA", charge }, MONTH_AGO),
    );
    await ledger.begin(callOf("2", MONTH_AGO), null);
    await ledger.fail(callOf("2", MONTH_AGO), "PROVIDER_OUTCOME_UNKNOWN", null, MONTH_AGO);
    const due: boolean[] = [];
    for (const left of [
      "provider_call where settled_at is not null",
      "provider_call",
      "charge",
      "credit_count where day > ''",
      "spending",
    ]) {
      due.push(await isDue(old));
      await execute(database, `delete from ${left}`);
    }
    expect([none, due, await isDue(old)]).toEqual([[false], [true, true, true, true, true], false]);
  });
});

describe("SqlSweep.dropLedger", () => {
  it("deletes what a provider was called and charged before a time, but for what was spent since ever", async () => {
    const ledger = new SqlCallLedger(database);
    const charge = { kind: "units", units: ["a", "b"] } as const;
    for (const [id, at] of [
      ["1", MONTH_AGO],
      ["2", LATER],
    ] as const) {
      await ledger.begin(callOf(id, at), null);
      await database.writing(ACME_TENANT, (writer) => settleCall(writer, { id, provider: "LUSHA", charge }, at));
      await ledger.begin(callOf(`${id} unsettled`, at), null);
      await ledger.fail(callOf(`${id} unsettled`, at), "PROVIDER_OUTCOME_UNKNOWN", null, at);
      await ledger.begin(callOf(`${id} open`, at), null);
      await ledger.begin(callOf(`${id} failed`, at, { provider: "SURFE" }), null);
      await ledger.fail(callOf(`${id} failed`, at, { provider: "SURFE" }), "PROVIDER_UNAVAILABLE", 1, at);
    }
    while (await sweep.dropLedger(ACME_TENANT, "LUSHA", LATER));
    expect(await query(database, "select id from provider_call order by id")).toEqual(
      ["1 failed", "1 open", "2", "2 failed", "2 open", "2 unsettled"].map((id) => ({ id })),
    );
    expect(await query(database, "select month, unit from charge order by 1, 2")).toEqual([
      { month: "2026-11", unit: "a" },
      { month: "2026-11", unit: "b" },
    ]);
    expect(await query(database, "select provider, day, credits, unsettled from credit_count order by 1, 2")).toEqual([
      { provider: "LUSHA", day: "", credits: 4, unsettled: 0 },
      { provider: "LUSHA", day: "2026-11-21", credits: 2, unsettled: 5 },
      { provider: "SURFE", day: "", credits: 2, unsettled: 0 },
      { provider: "SURFE", day: "2026-10-20", credits: 1, unsettled: 0 },
      { provider: "SURFE", day: "2026-11-21", credits: 1, unsettled: 0 },
    ]);
    expect(await spentSince(ledger, ACME_TENANT, "LUSHA", null)).toBe(4);
  });

  it("takes small steps", async () => {
    const ledger = new SqlCallLedger(database);
    await ledger.begin(callOf("1", MONTH_AGO), null);
    const units = Array.from({ length: 600 }, (_, i) => String(i));
    const charge = { kind: "units", units } as const;
    await database.writing(ACME_TENANT, (writer) =>
      settleCall(writer, { id: "1", provider: "LUSHA", charge }, MONTH_AGO),
    );
    const left: unknown[] = [];
    while (await sweep.dropLedger(ACME_TENANT, "LUSHA", NOW)) {
      left.push(...(await query(database, "select count(*) as n from charge")));
    }
    expect(left).toEqual([{ n: 100 }, { n: 0 }]);
  });
});
