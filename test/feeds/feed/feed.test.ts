import { getEventListeners } from "node:events";
import { beforeEach, describe, expect, it } from "@jest/globals";
import { ProviderError } from "../../../src/domain/errors";
import { OperationCalls, type CallAllowance, type Caller } from "../../../src/feeds/feed/caller";
import { Feed } from "../../../src/feeds/feed/feed";
import {
  callerWith,
  deferred,
  extenderOver,
  extension,
  FakeLedger,
  FakeSource,
  feedOver,
  HEAD,
  NOW,
  rows,
} from "../../support/fake-feed";

const HOUR_MS = 3_600_000;
const down = new ProviderError("SURFE", "PROVIDER_UNAVAILABLE", "Surfe is down.");
const gone = new Error("the caller went away");

let ledger: FakeLedger;
let source: FakeSource;
let feed: Feed;

beforeEach(() => {
  ledger = new FakeLedger();
  source = new FakeSource();
  feed = feedOver(ledger);
});

function reach(to: number, signal = new AbortController().signal): Promise<string> {
  return reachFor(to, callerWith(1_000, signal));
}

function reachFor(to: number, caller: Caller): Promise<string> {
  return feed.reach(to, source, caller).then(
    () => `has ${String(feed.head.length)}`,
    (error: unknown) => String(error instanceof Error ? error.message : error),
  );
}

describe("Feed.reach", () => {
  it("makes no call for what is recorded", async () => {
    feed = feedOver(ledger, { length: 5 });
    expect(await reach(5)).toBe("has 5");
    expect(ledger.log).toEqual([]);
  });

  it("makes one call with the largest demand of those who read at one time", async () => {
    const readers = [reach(3), reach(10), reach(7)];
    const fetch = await source.fetch(0);
    fetch.give(extension(rows(0, 10)));
    expect(await Promise.all(readers)).toEqual(["has 10", "has 10", "has 10"]);
    expect(source.fetches.map(({ want }) => want)).toEqual([10]);
    expect(ledger.log).toEqual(["begin extend 10 of null"]);
  });

  it("makes another call only for what those who came later want more", async () => {
    const early = reach(3);
    const first = await source.fetch(0);
    const late = [reach(2), reach(8)];
    first.give(extension(rows(0, 3)));
    expect([await early, await late[0]]).toEqual(["has 3", "has 3"]);
    (await source.fetch(1)).give(extension(rows(3, 8)));
    expect(await late[1]).toBe("has 8");
    expect(source.fetches.map(({ want }) => want)).toEqual([3, 5]);
  });

  it("calls on until the demand is met or the feed has ended", async () => {
    const reader = reach(10);
    (await source.fetch(0)).give(extension(rows(0, 4)));
    (await source.fetch(1)).give(extension(rows(4, 6), true));
    expect(await reader).toBe("has 6");
    expect(source.fetches.map(({ want }) => want)).toEqual([10, 6]);
    expect(await reach(10)).toBe("has 6");
    expect(source.fetches).toHaveLength(2);
  });

  it("tells every reader why the call failed, and calls again when asked again", async () => {
    const readers = [reach(3), reach(5)];
    (await source.fetch(0)).fail(down);
    expect(await Promise.all(readers)).toEqual(["Surfe is down.", "Surfe is down."]);
    expect(ledger.log).toEqual(["begin extend 5 of null", "fail PROVIDER_UNAVAILABLE 0"]);
    const again = reach(3);
    (await source.fetch(1)).give(extension(rows(0, 3)));
    expect(await again).toBe("has 3");
  });

  it("keeps what came before a failure", async () => {
    const reader = reach(10);
    (await source.fetch(0)).give(extension(rows(0, 4)));
    (await source.fetch(1)).fail(down);
    expect(await reader).toBe("Surfe is down.");
    expect(feed.head.length).toBe(4);
  });

  it("gives up on a provider whose answers hold nothing new, after ten in a row", async () => {
    const reader = reach(1);
    for (let call = 1; call <= 10; call++) {
      (await source.fetch(call - 1)).give(extension([]));
    }
    expect(await reader).toBe("Surfe said that there are more rows, but 10 answers in a row had no new one.");
    expect(source.fetches).toHaveLength(10);
  });

  it("begins to count anew with every new row", async () => {
    const reader = reach(2);
    for (let call = 1; call <= 14; call++) {
      (await source.fetch(call - 1)).give(extension(call === 7 ? rows(0, 1) : []));
    }
    (await source.fetch(14)).give(extension(rows(1, 2)));
    expect(await reader).toBe("has 2");
  });
});

describe("Feed.reach for a caller who goes away", () => {
  it("hears no more of those who have what they wanted, or were told why not", async () => {
    const { signal } = new AbortController();
    const listening = (): number => getEventListeners(signal, "abort").length;
    const served = reach(3, signal);
    const first = await source.fetch(0);
    expect(listening()).toBe(1);
    first.give(extension(rows(0, 3)));
    expect([await served, listening()]).toEqual(["has 3", 0]);
    const failed = reach(5, signal);
    (await source.fetch(1)).fail(down);
    expect([await failed, listening()]).toEqual(["Surfe is down.", 0]);
  });

  it("makes no call where they went before", async () => {
    expect(await reach(3, AbortSignal.abort(gone))).toBe("the caller went away");
    expect(ledger.log).toEqual([]);
  });

  it("takes the call back where it was not sent yet, and nobody else waits", async () => {
    const leaving = new AbortController();
    const reader = reach(3, leaving.signal);
    const fetch = await source.fetch(0);
    expect(fetch.signal.aborted).toBe(false);
    leaving.abort(gone);
    expect(fetch.signal.aborted).toBe(true);
    fetch.fail(gone);
    expect(await reader).toBe("the caller went away");
    const later = reach(3);
    (await source.fetch(1)).give(extension(rows(0, 3)));
    expect(await later).toBe("has 3");
    expect(ledger.log).toEqual(["begin extend 3 of null", "forget", "begin extend 3 of null"]);
  });

  it("names a reason where the signal has none that is an error", async () => {
    const leaving = new AbortController();
    const reader = reach(3, leaving.signal);
    leaving.abort("bye");
    expect(await reader).toBe("the caller went away");
  });

  it("records what comes where it was sent already", async () => {
    const leaving = new AbortController();
    const reader = reach(3, leaving.signal);
    const fetch = await source.fetch(0);
    leaving.abort(gone);
    expect(await reader).toBe("the caller went away");
    const later = reach(3);
    fetch.give(extension(rows(0, 3)));
    expect(await later).toBe("has 3");
    expect(source.fetches).toHaveLength(1);
  });

  it("goes on for those who still wait", async () => {
    const leaving = new AbortController();
    const left = reach(9, leaving.signal);
    const stayed = reach(3);
    const fetch = await source.fetch(0);
    leaving.abort(gone);
    expect(await left).toBe("the caller went away");
    expect(fetch.signal.aborted).toBe(false);
    fetch.give(extension(rows(0, 9)));
    expect(await stayed).toBe("has 9");
    expect(source.fetches.map(({ want }) => want)).toEqual([9]);
  });

  it("makes a call of their own for those who came after, where the first was not sent", async () => {
    const leaving = new AbortController();
    const left = reach(3, leaving.signal);
    const first = await source.fetch(0);
    leaving.abort(gone);
    const newcomer = reach(2);
    first.fail(gone);
    (await source.fetch(1)).give(extension(rows(0, 2)));
    expect([await left, await newcomer]).toEqual(["the caller went away", "has 2"]);
    expect(ledger.log).toEqual(["begin extend 3 of null", "forget", "begin extend 2 of null"]);
  });

  it("asks not twice where the call was sent and failed: those who came after are told", async () => {
    const leaving = new AbortController();
    const left = reach(3, leaving.signal);
    const first = await source.fetch(0);
    leaving.abort(gone);
    const newcomer = reach(2);
    first.fail(new ProviderError("SURFE", "PROVIDER_OUTCOME_UNKNOWN", "Nobody knows."));
    expect([await left, await newcomer]).toEqual(["the caller went away", "Nobody knows."]);
    expect(source.fetches).toHaveLength(1);
  });

  it("makes no call where all have gone before its turn came", async () => {
    const leaving = new AbortController();
    const reader = reach(3, leaving.signal);
    leaving.abort(gone);
    expect(await reader).toBe("the caller went away");
    const later = reach(1);
    (await source.fetch(0)).give(extension(rows(0, 1)));
    expect(await later).toBe("has 1");
    expect(ledger.log).toEqual(["begin extend 1 of null"]);
  });
});

describe("Feed.reach for an operation with so many calls", () => {
  const EXHAUSTED =
    "The operation has made as many provider calls as it may (MAX_PROVIDER_CALLS), so Surfe was not called. Ask for the next page to continue.";

  it("stops when they are made, and keeps what came", async () => {
    const reader = reachFor(9, callerWith(2));
    (await source.fetch(0)).give(extension(rows(0, 2)));
    (await source.fetch(1)).give(extension(rows(2, 4)));
    expect(await reader).toBe(EXHAUSTED);
    expect(feed.head.length).toBe(4);
    expect(ledger.log).toEqual(["begin extend 9 of null", "begin extend 7 of null"]);
  });

  it("makes none where it has none", async () => {
    expect(await reachFor(1, callerWith(0))).toBe(EXHAUSTED);
    expect(ledger.log).toEqual([]);
  });

  it("waits for the calls of others, which are not its own", async () => {
    const other = callerWith(1);
    const readers = [reachFor(2, callerWith(0)), reachFor(3, other)];
    (await source.fetch(0)).give(extension(rows(0, 3)));
    expect([await Promise.all(readers), other.calls.left]).toEqual([["has 3", "has 3"], 0]);
  });

  it("goes on for somebody who came just when it found that it had none left", async () => {
    let newcomer: Promise<string> | undefined;
    const calls: CallAllowance = {
      left: 0,
      canTake: () => false,
      take: () => {
        newcomer ??= reachFor(2, callerWith(1));
        return null;
      },
      takeFree: () => null,
      refusal: (provider, least) => new OperationCalls({ calls: 0 }).refusal(provider, least),
    };
    const exhausted = reachFor(9, { ...callerWith(), calls });
    (await source.fetch(0)).give(extension(rows(0, 2)));
    expect([await exhausted, await newcomer]).toEqual([EXHAUSTED, "has 2"]);
  });

  it("takes none for a call that the budget does not let be made", async () => {
    const caller = callerWith(1);
    ledger.left = 0;
    expect(await reachFor(1, caller)).toMatch(/^This call could pass the month's credit budget/);
    expect(caller.calls.left).toBe(1);
  });
});

describe("Feed.mayGrow", () => {
  it("is true until the end was met", () => {
    expect(feed.mayGrow(source)).toBe(true);
  });

  it("believes an end for as long as the source says", () => {
    const ended = (msAgo: number) => feedOver(ledger, { endedAt: new Date(NOW.getTime() - msAgo) });
    expect(ended(HOUR_MS - 1).mayGrow(source)).toBe(false);
    expect(ended(HOUR_MS).mayGrow(source)).toBe(true);
    expect(ended(1000 * HOUR_MS).mayGrow(new FakeSource(null))).toBe(false);
  });

  it("is false for good once the feed is closed", async () => {
    feed.close();
    expect(feed.mayGrow(source)).toBe(false);
    expect(await reach(1)).toBe("has 0");
    expect(source.fetches).toHaveLength(0);
  });

  it("is false where the feed is closed while its reader waits for the call of another list", async () => {
    const extender = extenderOver(ledger);
    feed = new Feed({ ...HEAD, length: 2 }, extender, () => NOW);
    const replacing = deferred<undefined>();
    void extender.whileIdle(HEAD.tenant, HEAD.connection, HEAD.provider, () => replacing.promise);
    const reader = reach(5);
    feed.close();
    replacing.resolve(undefined);
    expect(await reader).toBe("has 2");
    expect(ledger.log).toEqual([]);
  });

  it("stays false, and what was folded stays so, whatever a write says that began before", () => {
    feed.close();
    feed.fold([1]);
    feed.moveTo({ ...HEAD, length: 3 });
    expect(feed.head).toEqual({ ...HEAD, length: 3, closed: true, folded: [1] });
    feed.moveTo({ ...HEAD, length: 3, folded: [1, 2] });
    expect(feed.head).toEqual({ ...HEAD, length: 3, closed: true, folded: [1, 2] });
  });

  it("lets an ended feed be asked again after that, and grow", async () => {
    feed = feedOver(ledger, { length: 2, endedAt: new Date(NOW.getTime() - HOUR_MS) });
    const reader = reach(3);
    (await source.fetch(0)).give(extension(rows(2, 3)));
    expect(await reader).toBe("has 3");
    expect(feed.head.endedAt).toBeNull();
  });
});
