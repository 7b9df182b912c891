import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Feed } from "../../../src/feeds/feed/feed";
import { callerWith, extension, FakeLedger, FakeSource, feedOver, rows } from "../../support/fake-feed";

let ledger: FakeLedger;
let source: FakeSource;
let feed: Feed;

beforeEach(() => {
  ledger = new FakeLedger();
  source = new FakeSource();
  feed = feedOver(ledger);
});

function reach(to: number, deadline: AbortController): Promise<string> {
  return feed.reach(to, source, { ...callerWith(), deadline: deadline.signal }).then(
    () => `has ${String(feed.head.length)}`,
    (error: unknown) => (error as { readonly code: string }).code,
  );
}

describe("Feed.reach, when the caller's time is up", () => {
  it("makes no call", async () => {
    const deadline = new AbortController();
    deadline.abort();
    expect(await reach(3, deadline)).toBe("PROVIDER_UNAVAILABLE");
    expect(ledger.log).toEqual([]);
  });

  it("calls off what was not sent", async () => {
    const deadline = new AbortController();
    const reading = reach(3, deadline);
    const fetch = await source.fetch(0);
    deadline.abort();
    expect(await reading).toBe("PROVIDER_UNAVAILABLE");
    expect(fetch.signal.aborted).toBe(true);
    fetch.fail(fetch.signal.reason);
    const again = reach(2, new AbortController());
    (await source.fetch(1)).give(extension(rows(0, 2)));
    expect(await again).toBe("has 2");
    expect(ledger.log).toEqual(["begin extend 3 of null", "forget", "begin extend 2 of null"]);
  });

  it("tells that the outcome is unknown where a call was sent that may be charged each time, and records what it brings", async () => {
    const deadline = new AbortController();
    const reading = reach(3, deadline);
    const fetch = await source.fetch(0);
    fetch.sent();
    deadline.abort();
    expect(await reading).toBe("PROVIDER_OUTCOME_UNKNOWN");
    const again = reach(3, new AbortController());
    fetch.give(extension(rows(0, 3)));
    expect(await again).toBe("has 3");
    expect(source.fetches).toHaveLength(1);
  });

  it("leaves those who have time, and their call", async () => {
    const [short, long] = [new AbortController(), new AbortController()];
    const readings = [reach(3, short), reach(3, long)];
    const fetch = await source.fetch(0);
    short.abort();
    expect(await readings[0]).toBe("PROVIDER_UNAVAILABLE");
    expect(fetch.signal.aborted).toBe(false);
    fetch.give(extension(rows(0, 3)));
    expect(await readings[1]).toBe("has 3");
  });
});
