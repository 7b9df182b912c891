import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { RequestQuota } from "../../../src/server/access/request-quota";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";

const MINUTE_MS = 60_000;

let quota: RequestQuota;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate"] });
  quota = new RequestQuota();
});
afterEach(() => {
  jest.useRealTimers();
});

/** The Retry-After of each of so many requests; `null` where it may go on. */
async function take(count: number, perMinute: number, tenant = ACME_TENANT): Promise<readonly (string | null)[]> {
  const outcomes = [];
  for (let i = 0; i < count; i += 1) {
    const error = await quota.take(tenant, perMinute);
    outcomes.push(error && (error.headers?.["retry-after"] ?? "no header"));
  }
  return outcomes;
}

describe("RequestQuota", () => {
  it("lets each tenant send its number of requests in a minute", async () => {
    expect(await take(3, 2)).toEqual([null, null, "60"]);
    expect(await take(2, 1, OTHER_TENANT)).toEqual([null, "60"]);
    jest.advanceTimersByTime(MINUTE_MS - 1_500);
    expect(await take(1, 2)).toEqual(["2"]);
    jest.advanceTimersByTime(1_500);
    expect(await take(3, 2)).toEqual([null, null, "60"]);
  });

  it("says what may be sent, and when", async () => {
    await take(2, 2);
    expect(await quota.take(ACME_TENANT, 2)).toEqual({
      status: 429,
      code: "RATE_LIMITED",
      message: "This tenant may send 2 requests in a minute. Try again in 60 s. Nothing was executed.",
      headers: { "retry-after": "60" },
    });
  });

  it("follows a limit that changes", async () => {
    expect(await take(2, 1)).toEqual([null, "60"]);
    expect(await take(3, 2)).toEqual([null, null, "60"]);
    expect(await take(2, 1)).toEqual([null, "60"]);
  });
});
