import { describe, expect, it } from "@jest/globals";
import { retryAfterOf } from "../../../src/providers/http/retry-after";
import { NOW } from "./test-client";

describe("retryAfterOf", () => {
  it.each<[Record<string, string>, number | null]>([
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": " 90 " }, 90_000],
    [{ "retry-after": "0.5" }, 500],
    [{ "retry-after": "Fri, 20 Nov 2026 12:00:30 GMT" }, 30_000],
    [{ "retry-after": "Friday, 20-Nov-26 12:00:30 GMT" }, 30_000],
    [{ "retry-after": "Fri, 20 Nov 2026 11:59:00 GMT" }, 0],
    [{ "ratelimit-reset": "30" }, 30_000],
    [{ "retry-after": "10", "ratelimit-reset": "30" }, 10_000],
    [{ "retry-after": "soon", "ratelimit-reset": "30" }, 30_000],
    [{ "ratelimit-reset": "1795176000" }, null],
    [{ "retry-after": "99999999999999999999" }, null],
    [{ "retry-after": "-5" }, null],
    [{ "retry-after": "in 5" }, null],
    [{ "retry-after": "Fri, 20 Smarch 2026 12:00:30 GMT" }, null],
    [{ "retry-after": "" }, null],
    [{}, null],
  ])("reads %j as %j ms from now", (headers, waitMs) => {
    const expected = waitMs === null ? null : new Date(NOW + waitMs);
    expect(retryAfterOf(new Map(Object.entries(headers)), 429, NOW)).toEqual(expected);
  });

  it("takes the end of a rate limit's window for nothing but a rate limit", () => {
    const headers = new Map([["ratelimit-reset", "30"]]);
    expect(retryAfterOf(headers, 503, NOW)).toBeNull();
    expect(retryAfterOf(headers.set("retry-after", "5"), 503, NOW)).toEqual(new Date(NOW + 5_000));
  });
});
