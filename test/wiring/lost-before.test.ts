import { describe, expect, it } from "@jest/globals";
import { longestRequestMs } from "../../src/providers/http/retry-rule";
import { lostBefore } from "../../src/wiring/open-store-database";

const NOW = new Date("2026-11-20T12:00:00Z");

describe("lostBefore", () => {
  it("is later than any call that can still run, by the provider's timeout", () => {
    const processes = {
      leaseWaits: 0,
      onWrite: () => undefined,
      caughtUp: () => Promise.resolve(),
      exclusively: <T>(_: string, __: string, work: () => Promise<T>) => work(),
      sharedState: () => ({ change: () => Promise.reject(new Error("not here")) }),
    };
    // Three attempts (the limiter, another request's probe, the request) and two pauses, twice; and a minute.
    expect(longestRequestMs(15_000)).toBe(3 * (15_000 + 20_000 + 15_000) + 2 * 15_000);
    expect(lostBefore(processes, NOW, 15_000)).toEqual(new Date(NOW.getTime() - 420_000));
    expect(lostBefore(processes, NOW, 120_000)).toEqual(new Date(NOW.getTime() - 2_730_000));
  });

  it("is never where no other process uses the database: every call without an outcome is lost", () => {
    expect(lostBefore(null, NOW, 15_000)).toBeNull();
  });
});
