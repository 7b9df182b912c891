import { beforeEach, describe, expect, it } from "@jest/globals";
import { LushaRateLimits } from "../../../src/providers/lusha/lusha.rate-limits";

const NOW = Date.UTC(2026, 10, 20, 12);
const HOUR_MS = 3_600_000;
const LONGEST_MS = 20_000;

let windows: LushaRateLimits;

beforeEach(() => {
  windows = new LushaRateLimits(LONGEST_MS);
});

function end(headers: Readonly<Record<string, string>>, now = NOW): void {
  windows.end(new Map(Object.entries(headers)), now);
}

function begin(calls: number, now = NOW): void {
  for (let call = 0; call < calls; call++) windows.begin(now);
}

function heldForMs(now = NOW): number | null {
  const until = windows.heldUntil(now);
  return until && until.getTime() - now;
}

describe("LushaRateLimits", () => {
  it.each([
    [{ "x-minute-requests-left": "0" }, 60_000],
    [{ "x-hourly-requests-left": "0" }, HOUR_MS],
    [{ "x-daily-requests-left": "0" }, HOUR_MS],
    [{ "x-daily-requests-left": "0", "ratelimit-reset": "7200" }, 2 * HOUR_MS],
    [{ "ratelimit-remaining": "0", "ratelimit-reset": "30" }, 30_000],
    [{ "x-minute-requests-left": "0", "x-daily-requests-left": "0" }, HOUR_MS],
    [{ "ratelimit-remaining": "0" }, null],
    [{ "x-minute-requests-left": "1" }, null],
    [{ "x-minute-requests-left": "soon", "x-daily-requests-left": "-1" }, null],
    [{}, null],
  ])("holds calls after %j for %p ms", (headers, ms) => {
    begin(1);
    end(headers);
    expect(heldForMs()).toBe(ms);
    expect(heldForMs(NOW + (ms ?? 0))).toBeNull();
  });

  it("holds calls while those under way take what is left", () => {
    begin(1);
    end({ "x-minute-requests-left": "2" });
    begin(2);
    expect(heldForMs()).toBe(1_000);
    end({ "x-minute-requests-left": "9" });
    expect(heldForMs()).toBeNull();
  });

  it("counts calls under way that an answer may not have counted", () => {
    begin(3);
    end({ "x-minute-requests-left": "2" });
    expect(heldForMs()).toBe(1_000);
    end({ "x-minute-requests-left": "1" });
    windows.end(null, NOW);
    expect(heldForMs()).toBeNull();
  });

  it("lets one call go as a probe after the wait, and waits as long again where that finds nothing", () => {
    begin(1);
    end({ "x-daily-requests-left": "0" });
    const later = NOW + HOUR_MS;
    expect(heldForMs(later)).toBeNull();
    begin(1, later);
    expect(heldForMs(later)).toBe(1_000);
    end({ "x-daily-requests-left": "0" }, later);
    expect(heldForMs(later)).toBe(HOUR_MS);
  });

  it("holds calls as long as the longest wait says, in whatever order answers tell", () => {
    begin(3);
    end({ "x-daily-requests-left": "0" });
    end({ "x-daily-requests-left": "0", "x-minute-requests-left": "0", "ratelimit-reset": "30" });
    expect(heldForMs()).toBe(HOUR_MS);
    end({ "ratelimit-remaining": "0", "ratelimit-reset": "7200" });
    expect(heldForMs()).toBe(2 * HOUR_MS);
  });

  it("believes a window that is used up, whatever older answers say", () => {
    begin(2);
    end({ "x-minute-requests-left": "0" });
    end({ "x-minute-requests-left": "1" });
    expect(heldForMs()).toBe(60_000);
  });

  it("knows what an earlier object learned, by its state as JSON", () => {
    begin(2);
    end({ "x-minute-requests-left": "1" });
    windows = new LushaRateLimits(LONGEST_MS, JSON.parse(JSON.stringify(windows.state)));
    expect(heldForMs()).toBe(1_000);
    end({ "x-minute-requests-left": "0" });
    windows = new LushaRateLimits(LONGEST_MS, JSON.parse(JSON.stringify(windows.state)));
    expect(heldForMs()).toBe(60_000);
    windows = new LushaRateLimits(LONGEST_MS, { of: "another version" });
    expect(heldForMs()).toBeNull();
  });

  it("counts a call no longer whose process must have died", () => {
    begin(2);
    end({ "x-minute-requests-left": "1" });
    expect(heldForMs(NOW + LONGEST_MS - 1)).toBe(1_000);
    expect(heldForMs(NOW + LONGEST_MS)).toBeNull();
  });
});
