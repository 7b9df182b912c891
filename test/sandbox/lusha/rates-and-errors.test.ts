import { afterEach, describe, expect, it } from "@jest/globals";
import type { LushaOptions } from "../../../src/sandbox/lusha/lusha-options";
import { SEEDS, startLusha, type TestLusha } from "../support/start-lusha";

let lusha: TestLusha;

async function start(options: LushaOptions = {}): Promise<void> {
  lusha = await startLusha(options);
}

const ask = (apiKey?: string) => lusha.recommend({ companies: SEEDS, limit: 5 }, apiKey);
const limitHeaders = ({ headers }: Awaited<ReturnType<typeof ask>>) =>
  Object.fromEntries([...headers].filter(([name]) => /^x-|^rate|^retry/.test(name)));

afterEach(() => lusha.close());

describe("the rate windows", () => {
  it("are told of in nine headers", async () => {
    await start();
    expect(limitHeaders(await ask())).toEqual({
      "x-rate-limit-minute": "250",
      "x-minute-requests-left": "249",
      "x-minute-usage": "1",
      "x-rate-limit-hourly": "5000",
      "x-hourly-requests-left": "4999",
      "x-hourly-usage": "1",
      "x-rate-limit-daily": "50000",
      "x-daily-requests-left": "49999",
      "x-daily-usage": "1",
    });
  });

  it("answer 429 without Retry-After past the tightest, and charge nothing", async () => {
    await start({ rateWindows: { minute: 2 }, now: () => 45_000 });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(limitHeaders(refused)).toEqual({
      "x-rate-limit-minute": "2",
      "x-minute-requests-left": "0",
      "x-minute-usage": "2",
      "ratelimit-remaining": "0",
      "ratelimit-reset": "15",
    });
    expect(lusha.control.charged()).toBe(10);
  });

  it("count errors too, each key apart", async () => {
    await start({ rateWindows: { minute: 2 }, apiKey: ["sandbox", "b"] });
    await lusha.recommend({});
    await lusha.recommend({});
    expect([(await ask()).status, (await ask("b")).status]).toEqual([429, 200]);
  });

  it("turn with the clock: minutes, hours, days", async () => {
    let now = 0;
    await start({ rateWindows: { minute: 1, hourly: 2, daily: 3 }, now: () => now });
    const statuses: number[] = [];
    const at = async (ms: number) => {
      now = ms;
      statuses.push((await ask()).status);
    };
    for (const ms of [0, 59_999, 60_000, 120_000, 3_600_000, 7_200_000, 86_400_000]) await at(ms);
    expect(statuses).toEqual([200, 429, 200, 429, 200, 429, 200]);
  });

  it("tell the reset of the window to wait for", async () => {
    let now = 0;
    await start({ rateWindows: { minute: 1, hourly: 1 }, now: () => now, rateLimitHeaders: "all" });
    await ask();
    now = 1500;
    expect(limitHeaders(await ask())).toMatchObject({ "ratelimit-remaining": "0", "ratelimit-reset": "3599" });
  });

  it("tell the reset on every second answer by default, on all or none where it is told", async () => {
    const told = async (options: LushaOptions) => {
      await start(options);
      const answers = [await ask(), await ask(), await ask(), await ask()];
      return answers.map(({ headers }) => headers.has("ratelimit-reset"));
    };
    expect(await told({})).toEqual([false, true, false, true]);
    await lusha.close();
    expect(await told({ rateLimitHeaders: "all" })).toEqual([true, true, true, true]);
    await lusha.close();
    expect(await told({ rateLimitHeaders: "none", rateWindows: { minute: 2 } })).toEqual([false, false, false, false]);
  });

  it("have no headers where they have no size", async () => {
    await start({ rateWindows: {}, rateLimitHeaders: "all" });
    expect(limitHeaders(await ask())).toEqual({});
  });

  it("are told of with a fault, which they do not count", async () => {
    await start({ rateWindows: { minute: 3 } });
    lusha.control.failNext({ kind: "status", status: 503, headers: { "x-extra": "1" } });
    const faulty = await ask();
    expect(faulty.status).toBe(503);
    expect(limitHeaders(faulty)).toEqual({
      "x-rate-limit-minute": "3",
      "x-minute-requests-left": "3",
      "x-minute-usage": "0",
      "x-extra": "1",
    });
  });
});

describe("errors", () => {
  const failed = async (status: number) => {
    lusha.control.failNext({ kind: "status", status });
    const reply = await ask();
    return [reply.status, reply.body];
  };

  it("come in four envelopes, one after the other", async () => {
    await start();
    const message = "a fault was injected";
    expect([await failed(402), await failed(403), await failed(412), await failed(451), await failed(499)]).toEqual([
      [402, { error: { code: 402, message } }],
      [403, { statusCode: 403, message, errors: [message] }],
      [412, { code: "PRECONDITION_FAILED", message }],
      [451, { message, code: 451 }],
      [499, { error: { code: 499, message } }],
    ]);
  });

  it.each([
    ["nested", { error: { code: 400, message: "companies: must be an array" } }],
    [
      "status-code",
      { statusCode: 400, message: "companies: must be an array", errors: ["companies: must be an array"] },
    ],
    ["slug", { code: "BAD_REQUEST", message: "companies: must be an array" }],
    ["flat", { message: "companies: must be an array", code: 400 }],
  ] as const)("come in one envelope where it is told: %s", async (errorEnvelope, body) => {
    await start({ errorEnvelope });
    expect((await lusha.recommend({ companies: 1 })).body).toEqual(body);
    expect((await lusha.recommend({ companies: 1 })).body).toEqual(body);
  });

  it("have a slug for a status that has no name of its own", async () => {
    await start({ errorEnvelope: "slug" });
    expect(await failed(503)).toEqual([503, { code: "ERROR", message: "a fault was injected" }]);
  });
});
