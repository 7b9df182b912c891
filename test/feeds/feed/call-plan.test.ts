import { describe, expect, it } from "@jest/globals";
import { affordableRows, listAllowance, planCalls } from "../../../src/feeds/feed/call-plan";
import type { FeedSource } from "../../../src/feeds/feed/feed-source.port";
import { HEAD } from "../../support/fake-feed";

/** Pages of ten, a credit a row, and one more where the list has begun; the list ends at 35. */
const source: FeedSource = {
  provider: "SURFE",
  unavailable: null,
  maxAgeMs: 1,
  recheckAfterMs: null,
  callsFor: () => 0,
  creditsFor: (want, { length }) => Math.min(10, want) + (length > 0 ? 1 : 0),
  grown: (want, { length }) => {
    const rows = Math.min(10, want, 35 - length);
    return { rows, state: length + rows, ended: length + rows === 35 };
  },
  extend: () => Promise.reject(new Error("a plan makes no call")),
};

describe("planCalls", () => {
  it("plans call after call, each from where the one before would leave the feed", () => {
    expect(planCalls(source, HEAD, 25)).toEqual({
      calls: 3,
      credits: 10 + 11 + 6,
      feed: { ...HEAD, length: 25, state: 25 },
    });
    expect(planCalls(source, HEAD, 0)).toEqual({ calls: 0, credits: 0, feed: HEAD });
  });

  it("ends where the list ends", () => {
    expect(planCalls(source, { ...HEAD, length: 30 }, 100)).toMatchObject({ calls: 1, credits: 11 });
  });

  it("plans calls with fewer rows where a call may not cost more, and none where not even one row fits", () => {
    expect(planCalls(source, HEAD, 9, 4)).toMatchObject({ calls: 3, credits: 4 + 4 + 3 });
    expect(planCalls(source, { ...HEAD, length: 1 }, 9, 1)).toMatchObject({ calls: 0, credits: 0 });
  });

  it("ends in any case", () => {
    const stuck: FeedSource = { ...source, grown: () => ({ rows: 0, state: null, ended: false }) };
    expect(planCalls(stuck, HEAD, 1).calls).toBe(1_000);
  });
});

describe("affordableRows", () => {
  it("is the largest number of rows whose call costs no more", () => {
    const costs = (credits: number) => affordableRows(source, { ...HEAD, length: 1 }, 7, credits);
    expect([0, 1, 2, 5, 8, 9, Infinity].map(costs)).toEqual([0, 0, 1, 4, 7, 7, 7]);
  });
});

describe("listAllowance", () => {
  it("is the calls for all rows, and three more of one row each", () => {
    expect(listAllowance(source, HEAD, 25)).toEqual({ calls: 3 + 3, credits: 27 + 3 * 2 });
  });

  it("is no limit for a list that leaves rows out", () => {
    const filtered: FeedSource = { ...source, leavesOut: ({ query }) => query === "filtered" };
    expect(listAllowance(filtered, HEAD, 25).calls).toBe(6);
    expect(listAllowance(filtered, { ...HEAD, query: "filtered" }, 25)).toEqual({ calls: Infinity, credits: Infinity });
  });
});
