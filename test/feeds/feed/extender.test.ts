import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { ProviderError, StoreError } from "../../../src/domain/errors";
import { OperationCalls } from "../../../src/feeds/feed/caller";
import { OperationSpending } from "../../../src/feeds/feed/operation-spending";
import type { ExtenderDependencies } from "../../../src/feeds/feed/extender";
import { Feed } from "../../../src/feeds/feed/feed";
import type { Appended } from "../../../src/feeds/feed/feed-store.port";
import type { FeedSource, MergedFeedSource } from "../../../src/feeds/feed/feed-source.port";
import {
  callerWith,
  deferred,
  extenderOver,
  extension,
  FakeLedger,
  fakeStore,
  FakeSource,
  HEAD,
  NOW,
  rows,
  ShortFeed,
} from "../../support/fake-feed";
import { ACME_TENANT } from "../../support/tenants";

const staying = callerWith();

let ledger: FakeLedger;
let source: FakeSource;

beforeEach(() => {
  ledger = new FakeLedger();
  source = new FakeSource();
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe("Extender.extend", () => {
  it("reserves what the call can cost, records what it brought, then tells of the write", async () => {
    const written: unknown[] = [];
    const extender = extenderOver(ledger, {
      budgetOf: () => 50,
      onWrite: ({ head }) => written.push([head.tenant, head.length]),
    });
    const feed = new ShortFeed(2);
    const extending = extender.extend(feed, source, staying);
    const fetch = await source.fetch(0);
    expect(ledger.log).toEqual(["begin extend 2 of 50"]);
    expect(written).toEqual([]);
    fetch.give(extension(rows(0, 2), true));
    expect(await extending).toEqual({ failures: [], triedTo: 0 });
    expect(feed.head).toEqual({ ...HEAD, length: 2, endedAt: NOW });
    expect(written).toEqual([["acme", 2]]);
  });

  it("tells of writes that are on the disk at the same time in turns of the event loop, in their order", async () => {
    await nextTurn(); // the test before ended within a turn
    let clock = 0;
    jest.spyOn(performance, "now").mockImplementation(() => clock);
    const log: string[] = [];
    const onWrite = ({ head }: Appended): void => {
      clock += 6;
      log.push(head.connection);
      setImmediate(() => log.push("other"));
    };
    const extender = extenderOver(ledger, { onWrite });
    const extending = ["icp:1", "icp:2"].map((connection) =>
      extender.extend(new ShortFeed(1, { connection }), source, staying),
    );
    const fetches = [await source.fetch(0), await source.fetch(1)];
    for (const fetch of fetches) fetch.give(extension(rows(0, 1)));
    await Promise.all(extending);
    expect(log).toEqual(["icp:1", "other", "icp:2"]);
  });

  it("makes no call that could pass the budget", async () => {
    ledger.left = 0;
    const extender = extenderOver(ledger, { budgetOf: () => 1 });
    await expect(extender.extend(new ShortFeed(2), source, staying)).rejects.toMatchObject({
      code: "CREDIT_BUDGET_EXCEEDED",
      message: "This call could pass the month's credit budget for Surfe, so it was not made.",
      retryAfter: new Date("2026-12-01T00:00:00Z"),
    });
    expect(source.fetches).toEqual([]);
  });

  it("makes one call at a time for a connection's provider, and reads the demand at the last moment", async () => {
    const extender = extenderOver(ledger);
    const late = new ShortFeed(1);
    const first = extender.extend(new ShortFeed(1), source, staying);
    const second = extender.extend(late, source, staying);
    const other = extender.extend(new ShortFeed(1, { connection: "icp:2" }), source, staying);
    await source.fetch(1);
    expect(source.fetches.map(({ want }) => want)).toEqual([1, 1]);
    late.missing = 9;
    for (const fetch of source.fetches) fetch.give(extension(rows(0, 1)));
    (await source.fetch(2)).give(extension([]));
    await Promise.all([first, second, other]);
    expect(source.fetches.map(({ want }) => want)).toEqual([1, 1, 9]);
  });

  it("makes no call for a feed that was closed, or has become long enough, before its turn came", async () => {
    const extender = extenderOver(ledger);
    const [closed, long] = [new ShortFeed(1), new ShortFeed(1)];
    const first = extender.extend(new ShortFeed(1), source, staying);
    const queued = [closed, long].map((feed) => extender.extend(feed, source, staying));
    const fetch = await source.fetch(0);
    closed.canGrow = false;
    long.missing = 0;
    fetch.give(extension(rows(0, 1)));
    await first;
    expect(await Promise.all(queued)).toEqual([
      { failures: [], triedTo: 0 },
      { failures: [], triedTo: 0 },
    ]);
    expect(ledger.log).toEqual(["begin extend 1 of null"]);
  });

  it("records nothing in a merged list that was closed while its lists were asked", async () => {
    const appended: unknown[] = [];
    const append: ExtenderDependencies["store"]["append"] = (head) => {
      appended.push(head);
      return Promise.reject(new Error("not here"));
    };
    const feed = new ShortFeed(2, { provider: "MERGED" });
    const merged: MergedFeedSource = {
      provider: "MERGED",
      unavailable: null,
      maxAgeMs: 1,
      recheckAfterMs: null,
      extend: () => {
        feed.head = { ...feed.head, closed: true };
        return Promise.resolve({ items: rows(0, 2), state: null, ended: false, total: null, failures: [] });
      },
      plan: () => Promise.resolve([]),
    };
    await extenderOver(ledger, { store: { append } }).extend(feed, merged, staying);
    expect(appended).toEqual([]);
    expect(ledger.log).toEqual([]);
  });

  it("settles a failed call with its code, and with what the provider charges for it", async () => {
    const charging: FeedSource = {
      provider: "SURFE",
      unavailable: null,
      maxAgeMs: 1,
      recheckAfterMs: null,
      callsFor: () => 1,
      creditsFor: () => 3,
      grown: (want) => ({ rows: want, state: null, ended: false }),
      creditsForFailure: ({ code }) => (code === "PROVIDER_BAD_RESPONSE" ? 1 : 0),
      extend: () => Promise.reject(new ProviderError("SURFE", "PROVIDER_BAD_RESPONSE", "no")),
    };
    await expect(extenderOver(ledger).extend(new ShortFeed(2), charging, staying)).rejects.toThrow("no");
    expect(ledger.log).toEqual(["begin extend 3 of null", "fail PROVIDER_BAD_RESPONSE 1"]);
  });

  it("settles a call that failed by our own fault", async () => {
    const extending = extenderOver(ledger).extend(new ShortFeed(2), source, staying);
    (await source.fetch(0)).fail(new TypeError("oops"));
    await expect(extending).rejects.toThrow(new TypeError("oops"));
    expect(ledger.log).toEqual(["begin extend 2 of null", "fail INTERNAL_SERVER_ERROR 0"]);
  });

  it("takes back a call that was not sent because the caller went away", async () => {
    const leaving = new AbortController();
    const gone = new Error("gone");
    const extending = extenderOver(ledger).extend(new ShortFeed(2), source, callerWith(1, leaving.signal));
    const fetch = await source.fetch(0);
    leaving.abort(gone);
    fetch.fail(gone);
    await expect(extending).rejects.toBe(gone);
    expect(ledger.log).toEqual(["begin extend 2 of null", "forget"]);
  });

  it("takes back a call that was not sent because the shared state of the limiter could not be changed", async () => {
    const extending = extenderOver(ledger).extend(new ShortFeed(2), source, staying);
    const away = new StoreError("connection", "away");
    (await source.fetch(0)).fail(away);
    await expect(extending).rejects.toBe(away);
    expect(ledger.log).toEqual(["begin extend 2 of null", "forget"]);
  });

  it("does not take back a call that was sent, whatever fails then", async () => {
    const extending = extenderOver(ledger).extend(new ShortFeed(2), source, staying);
    const fetch = await source.fetch(0);
    fetch.sent();
    fetch.fail(new StoreError("connection", "away"));
    await expect(extending).rejects.toThrow("away");
    expect(ledger.log).toEqual(["begin extend 2 of null", "fail INTERNAL_SERVER_ERROR 0"]);
  });

  it("asks nobody before the call is written down", async () => {
    const { promise, resolve } = deferred<number | null>();
    ledger.begin = () => promise;
    const extending = extenderOver(ledger).extend(new ShortFeed(1), source, staying);
    await nextTurn();
    expect(source.fetches).toEqual([]);
    resolve(null);
    (await source.fetch(0)).give(extension(rows(0, 1)));
    await extending;
  });

  it.each([
    ["fail", new ProviderError("SURFE", "PROVIDER_UNAVAILABLE", "down")],
    ["fail", new TypeError("oops")],
    ["forget", new Error("gone")],
  ] as const)("tells of a failure only once the ledger has it: %s, %s", async (settling, failure) => {
    const { promise: written, resolve } = deferred<undefined>();
    ledger[settling] = () => written;
    const order: string[] = [];
    const leaving = new AbortController();
    const extending = extenderOver(ledger)
      .extend(new ShortFeed(2), source, callerWith(1, leaving.signal))
      .catch((error: unknown) => order.push(String(error)));
    const fetch = await source.fetch(0);
    if (settling === "forget") leaving.abort(failure);
    fetch.fail(failure);
    await nextTurn();
    order.push("written");
    resolve(undefined);
    await extending;
    expect(order).toEqual(["written", String(failure)]);
  });

  it("leaves a call unsettled that could not be recorded, as it may have been charged", async () => {
    const extender = extenderOver(ledger, { store: { append: () => Promise.reject(new Error("disk full")) } });
    const extending = extender.extend(new ShortFeed(1), source, staying);
    (await source.fetch(0)).give(extension(rows(0, 1)));
    await expect(extending).rejects.toThrow("disk full");
    expect(ledger.log).toEqual(["begin extend 1 of null"]);
  });

  it("makes no call for a caller who has gone", async () => {
    const gone = AbortSignal.abort(new Error("gone"));
    await expect(extenderOver(ledger).extend(new ShortFeed(1), source, callerWith(1, gone))).rejects.toThrow("gone");
    expect(ledger.log).toEqual([]);
  });
});

describe("Extender.extend where the store takes nothing", () => {
  const full = new StoreError("disk", "The database cannot be written.");
  const onceMore = fakeStore().append;
  let takes: boolean;
  let appended: unknown[];

  const store: ExtenderDependencies["store"] = {
    append: (head, growth, call, at) => {
      if (!takes) return Promise.reject(full);
      appended.push([head.id, growth.items.length, call]);
      return onceMore(head, growth, call, at);
    },
  };

  beforeEach(() => {
    takes = false;
    appended = [];
  });

  it("keeps what was paid for, and asks nobody for any feed until it is recorded", async () => {
    const extender = extenderOver(ledger, { store });
    const feed = new ShortFeed(2);
    const other = new ShortFeed(1, { id: "other", connection: "icp:2" });
    const paying = extender.extend(feed, source, staying);
    (await source.fetch(0)).give(extension(rows(0, 2)));
    await expect(paying).rejects.toBe(full);
    await expect(extender.extend(feed, source, staying)).rejects.toBe(full);
    await expect(extender.extend(other, source, staying)).rejects.toBe(full);
    expect([ledger.log, source.fetches.length, extender.trouble]).toEqual([["begin extend 2 of null"], 1, full]);
    takes = true;
    const going = extender.extend(other, source, staying);
    (await source.fetch(1)).give(extension(rows(0, 1)));
    await going;
    expect([feed.head.length, other.head.length, extender.trouble]).toEqual([2, 1, null]);
    expect(appended).toEqual([
      [feed.head.id, 2, { id: expect.any(String), provider: "SURFE", charge: { kind: "units", units: [] } }],
      ["other", 1, { id: expect.any(String), provider: "SURFE", charge: { kind: "units", units: [] } }],
    ]);
  });

  it("counts the call, without what it was charged, for the operation that gets no rows, and not again once they are recorded", async () => {
    const extender = extenderOver(ledger, { store });
    const spending = new OperationSpending();
    const caller = { ...staying, calls: new OperationCalls({ calls: 5, spending }) };
    const paying = extender.extend(new ShortFeed(2), source, caller);
    (await source.fetch(0)).give(extension(rows(0, 2)));
    await expect(paying).rejects.toBe(full);
    const use = { provider: "SURFE", calls: 1, spent: 0, recorded: 0 };
    expect(spending.uses()).toEqual([use]);
    takes = true;
    await extender.end();
    expect([appended.length, spending.uses()]).toEqual([1, [use]]);
  });

  it("makes no call where what was kept is all that is missing", async () => {
    const extender = extenderOver(ledger, { store });
    const feed = new Feed(HEAD, extender, () => NOW);
    const paying = feed.reach(2, source, staying);
    (await source.fetch(0)).give(extension(rows(0, 2)));
    await expect(paying).rejects.toBe(full);
    takes = true;
    expect(await feed.reach(2, source, staying)).toEqual([]);
    expect([feed.head.length, source.fetches.length]).toEqual([2, 1]);
  });

  it("tells why a call failed, though that cannot be written down yet", async () => {
    const extender = extenderOver(ledger);
    const down = new ProviderError("SURFE", "PROVIDER_UNAVAILABLE", "down");
    const written = new FakeLedger();
    ledger.fail = (call, outcome, credits) => (takes ? written.fail(call, outcome, credits) : Promise.reject(full));
    const failing = extender.extend(new ShortFeed(1), source, staying);
    (await source.fetch(0)).fail(down);
    await expect(failing).rejects.toBe(down);
    takes = true;
    await extender.end();
    expect([...ledger.log, ...written.log]).toEqual(["begin extend 1 of null", "fail PROVIDER_UNAVAILABLE 0"]);
  });

  it("keeps no rows of a merged list, which are recorded in the lists that it is made of", async () => {
    const extender = extenderOver(ledger, { store });
    const growth = { items: rows(0, 2), state: null, ended: false, total: null, failures: [] };
    const merged: MergedFeedSource = {
      provider: "MERGED",
      unavailable: null,
      maxAgeMs: 1,
      recheckAfterMs: null,
      extend: () => Promise.resolve(growth),
      plan: () => Promise.resolve([]),
    };
    const feed = new ShortFeed(2, { provider: "MERGED" });
    await expect(extender.extend(feed, merged, staying)).rejects.toBe(full);
    expect([extender.trouble, feed.head.length]).toEqual([null, 0]);
  });
});

describe("Extender.idle", () => {
  it("resolves once no call is under way", async () => {
    const extender = extenderOver(ledger);
    await extender.idle();
    const work = deferred<string>();
    const order: string[] = [];
    const working = extender
      .whileIdle(ACME_TENANT, "icp:1", "SURFE", () => work.promise)
      .then((done) => order.push(done));
    const idle = extender.idle().then(() => order.push("idle"));
    work.resolve("done");
    await Promise.all([working, idle]);
    expect(order).toEqual(["done", "idle"]);
  });
});
