import { beforeEach, describe, expect, it } from "@jest/globals";
import { ProviderError } from "../../../src/domain/errors";
import type { FeedSource } from "../../../src/feeds/feed/feed-source.port";
import { deferred, extenderOver, extension, FakeLedger, FakeSource, HEAD, NOW, rows } from "../../support/fake-feed";

const staying = new AbortController().signal;

let ledger: FakeLedger;
let source: FakeSource;

beforeEach(() => {
  ledger = new FakeLedger();
  source = new FakeSource();
});

describe("Extender.extend", () => {
  it("reserves what the call can cost, records what it brought, then tells of the write", async () => {
    const written: unknown[] = [];
    const extender = extenderOver(ledger, {
      budgets: { SURFE: 50 },
      onWrite: (tenant, touched) => written.push([tenant, touched]),
    });
    const extending = extender.extend(HEAD, source, () => 2, staying);
    const fetch = await source.fetch(0);
    expect(ledger.log).toEqual(["begin extend 2 of 50"]);
    expect(written).toEqual([]);
    fetch.give(extension(rows(0, 2), true));
    expect(await extending).toEqual({ head: { ...HEAD, length: 2, endedAt: NOW }, failures: [], triedTo: 0 });
    expect(written).toEqual([["acme", ["Company:domain:c0.com", "Company:domain:c1.com"]]]);
  });

  it("makes no call that could pass the budget", async () => {
    ledger.allows = false;
    const extender = extenderOver(ledger, { budgets: { SURFE: 1 } });
    await expect(extender.extend(HEAD, source, () => 2, staying)).rejects.toMatchObject({
      code: "CREDIT_BUDGET_EXCEEDED",
      message: "This call could pass the month's credit budget for Surfe, so it was not made.",
      retryAfter: new Date("2026-12-01T00:00:00Z"),
    });
    expect(source.fetches).toEqual([]);
  });

  it("makes one call at a time for a connection's provider, and reads the demand at the last moment", async () => {
    const extender = extenderOver(ledger);
    let wanted = 1;
    const first = extender.extend(HEAD, source, () => wanted, staying);
    const second = extender.extend(HEAD, source, () => wanted, staying);
    const other = extender.extend({ ...HEAD, connection: "icp:2" }, source, () => wanted, staying);
    await source.fetch(1);
    expect(source.fetches.map(({ want }) => want)).toEqual([1, 1]);
    wanted = 9;
    for (const fetch of source.fetches) fetch.give(extension(rows(0, 1)));
    (await source.fetch(2)).give(extension([]));
    await Promise.all([first, second, other]);
    expect(source.fetches.map(({ want }) => want)).toEqual([1, 1, 9]);
  });

  it("settles a failed call with its code, and with what the provider charges for it", async () => {
    const charging: FeedSource = {
      provider: "SURFE",
      refusal: null,
      maxAgeMs: 1,
      recheckAfterMs: null,
      callsFor: () => 1,
      creditsFor: () => 3,
      creditsForFailure: ({ code }) => (code === "PROVIDER_BAD_RESPONSE" ? 1 : 0),
      extend: () => Promise.reject(new ProviderError("SURFE", "PROVIDER_BAD_RESPONSE", "no")),
    };
    await expect(extenderOver(ledger).extend(HEAD, charging, () => 2, staying)).rejects.toThrow("no");
    expect(ledger.log).toEqual(["begin extend 3 of null", "fail PROVIDER_BAD_RESPONSE 1"]);
  });

  it("settles a call that failed by our own fault", async () => {
    const extending = extenderOver(ledger).extend(HEAD, source, () => 2, staying);
    (await source.fetch(0)).fail(new TypeError("oops"));
    await expect(extending).rejects.toThrow(new TypeError("oops"));
    expect(ledger.log).toEqual(["begin extend 2 of null", "fail INTERNAL_SERVER_ERROR 0"]);
  });

  it("takes back a call that was not sent because the caller went away", async () => {
    const leaving = new AbortController();
    const gone = new Error("gone");
    const extending = extenderOver(ledger).extend(HEAD, source, () => 2, leaving.signal);
    const fetch = await source.fetch(0);
    leaving.abort(gone);
    fetch.fail(gone);
    await expect(extending).rejects.toBe(gone);
    expect(ledger.log).toEqual(["begin extend 2 of null", "forget"]);
  });

  it("leaves a call unsettled that could not be recorded, as it may have been charged", async () => {
    const extender = extenderOver(ledger, { store: { append: () => Promise.reject(new Error("disk full")) } });
    const extending = extender.extend(HEAD, source, () => 1, staying);
    (await source.fetch(0)).give(extension(rows(0, 1)));
    await expect(extending).rejects.toThrow("disk full");
    expect(ledger.log).toEqual(["begin extend 1 of null"]);
  });

  it("makes no call for a caller who has gone", async () => {
    const gone = AbortSignal.abort(new Error("gone"));
    await expect(extenderOver(ledger).extend(HEAD, source, () => 1, gone)).rejects.toThrow("gone");
    expect(ledger.log).toEqual([]);
  });
});

describe("Extender.idle", () => {
  it("resolves once no call is under way", async () => {
    const extender = extenderOver(ledger);
    await extender.idle();
    const work = deferred<string>();
    const order: string[] = [];
    const working = extender.whileIdle("acme", "icp:1", "SURFE", () => work.promise).then((done) => order.push(done));
    const idle = extender.idle().then(() => order.push("idle"));
    work.resolve("done");
    await Promise.all([working, idle]);
    expect(order).toEqual(["done", "idle"]);
  });
});
