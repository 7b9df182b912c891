import { afterEach, describe, expect, it } from "@jest/globals";
import type { SimulatorRequest } from "../../../src/sandbox/simulator/call-log";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../../src/sandbox/simulator/simulator";
import { stableId } from "../../../src/sandbox/simulator/stable-id";
import { call } from "../support/http";

let simulator: Simulator;

/** A provider that echoes; "/bug" throws. The caller is the header `x-key`. */
async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  const provider = {
    handle: ({ path, body }: SimulatorRequest) => {
      if (path === "/bug") throw new Error("oops");
      return { status: 200, body: { path, body }, headers: { "x-echo": "yes" } };
    },
    errorBody: (status: number, message: string) => ({ error: { status, message } }),
    caller: ({ headers }: SimulatorRequest) => headers["x-key"] ?? "",
  };
  simulator = await startSimulator(provider, { rateLimit: null, ...options });
}

afterEach(() => simulator.close());

describe("startSimulator", () => {
  it("answers over HTTP on the loopback interface", async () => {
    await start();
    const response = await fetch(`${simulator.url}/a`, { method: "POST", body: '{"b":1}' });
    expect(simulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-echo")).toBe("yes");
    expect(await response.json()).toEqual({ path: "/a", body: { b: 1 } });
  });

  it("fails where it cannot listen", async () => {
    await start();
    const port = Number(new URL(simulator.url).port);
    const provider = { handle: () => ({ status: 200, body: {} }), errorBody: () => ({}), caller: () => "" };
    await expect(startSimulator(provider, { port, rateLimit: null })).rejects.toThrow("EADDRINUSE");
  });

  it("answers 500 for its own failure, and goes on", async () => {
    await start();
    const failed = await call(`${simulator.url}/bug`);
    expect([failed.status, failed.text]).toEqual([
      500,
      '{"error":{"status":500,"message":"the simulator failed: Error: oops"}}',
    ]);
    expect((await call(`${simulator.url}/a`)).status).toBe(200);
  });

  it("answers 400 for a body that is not JSON, and 413 for one too large", async () => {
    await start({ maxBodyBytes: 10 });
    const broken = await call(`${simulator.url}/a`, { method: "POST", body: "{" });
    expect([broken.status, broken.text]).toEqual([400, '{"error":{"status":400,"message":"body: not valid JSON"}}']);
    const large = await call(`${simulator.url}/a`, { method: "POST", body: '"12345678"x' });
    expect([large.status, large.text]).toEqual([413, '{"error":{"status":413,"message":"body: too large"}}']);
    expect((await call(`${simulator.url}/a`, { method: "POST", body: '"12345678"' })).status).toBe(200);
    expect(simulator.control.calls().map(({ body, status }) => [body, status])).toEqual([
      ["{", 400],
      [undefined, 413],
      ["12345678", 200],
    ]);
  });

  it("closes twice in peace, and refuses connections afterwards", async () => {
    await start();
    await simulator.close();
    await simulator.close();
    expect((await call(simulator.url)).error).toMatch("connect ECONNREFUSED");
  });
});

describe("the call log", () => {
  it("keeps the calls whole, in the order of their arrival", async () => {
    await start({ now: () => 1234 });
    await call(`${simulator.url}/a?b=c&d=`, { headers: { "X-Key": "k" } });
    await call(`${simulator.url}/bug`, { method: "POST", body: "[1]" });
    const host = new URL(simulator.url).host;
    expect(simulator.control.calls()).toEqual([
      {
        at: 1234,
        method: "GET",
        path: "/a",
        query: { b: "c", d: "" },
        headers: { connection: "close", host, "x-key": "k" },
        body: undefined,
        status: 200,
      },
      {
        at: 1234,
        method: "POST",
        path: "/bug",
        query: {},
        headers: { connection: "close", host, "content-length": "3" },
        body: [1],
        status: 500,
      },
    ]);
  });

  it("is empty after clearing, and counts arrivals from there", async () => {
    await start();
    await call(simulator.url);
    simulator.control.clearCalls();
    expect(simulator.control.calls()).toEqual([]);
    await call(simulator.url);
    await simulator.control.whenCalled(1);
    expect(simulator.control.calls()).toHaveLength(1);
  });

  it("tells when a number of calls have arrived", async () => {
    await start();
    simulator.control.failAlways({ kind: "hang" });
    const order: string[] = [];
    const first = simulator.control.whenCalled(1).then(() => order.push("first"));
    const second = simulator.control.whenCalled(2).then(() => order.push("second"));
    const leaving = new AbortController();
    const one = call(simulator.url, { signal: leaving.signal });
    await first;
    expect(order).toEqual(["first"]);
    const two = call(simulator.url, { signal: leaving.signal });
    await second;
    expect(order).toEqual(["first", "second"]);
    leaving.abort();
    await Promise.all([one, two]);
  });
});

describe("a query string", () => {
  it("has a list where a name is there more than once", async () => {
    await start();
    await call(`${simulator.url}/a?b=1&c=2&b=3`);
    expect(simulator.control.calls()[0]?.query).toEqual({ b: ["1", "3"], c: "2" });
  });
});

describe("a provider that refuses in its own way", () => {
  it("answers faults, unreadable bodies, calls past the limit and its own failures", async () => {
    const refused: number[] = [];
    const provider = {
      handle: () => {
        throw new Error("oops");
      },
      errorBody: () => "not asked for",
      caller: () => "",
      refuse: ({ path }: SimulatorRequest, status: number, message: string) => {
        refused.push(status);
        return { status, body: { path, message }, headers: { "x-mine": "1", "x-both": "mine" } };
      },
    };
    simulator = await startSimulator(provider, { rateLimit: { perSecond: 1, burst: 1 }, now: () => 0 });
    simulator.control.failNext({ kind: "status", status: 503, headers: { "x-both": "fault" } });
    const faulty = await fetch(`${simulator.url}/a`);
    expect(await faulty.json()).toEqual({ path: "/a", message: "a fault was injected" });
    expect([faulty.headers.get("x-mine"), faulty.headers.get("x-both")]).toEqual(["1", "fault"]);
    expect((await call(simulator.url)).status).toBe(500);
    expect((await call(simulator.url)).status).toBe(429);
    expect((await call(simulator.url, { method: "POST", body: "{" })).status).toBe(400);
    expect(refused).toEqual([503, 500, 429, 400]);
  });
});

describe("the rate limit", () => {
  it("lets a burst through, and refills by the clock, for each caller apart", async () => {
    let now = 0;
    await start({ rateLimit: { perSecond: 10, burst: 2 }, now: () => now });
    const status = async (key: string) => (await call(simulator.url, { headers: { "x-key": key } })).status;
    expect([await status("a"), await status("a"), await status("a")]).toEqual([200, 200, 429]);
    expect(await status("b")).toBe(200);
    now = 99;
    expect(await status("a")).toBe(429);
    now = 100;
    expect([await status("a"), await status("a")]).toEqual([200, 429]);
    now = 10_000;
    expect([await status("a"), await status("a"), await status("a")]).toEqual([200, 200, 429]);
  });

  it("answers in the provider's way, without a hint when to come again", async () => {
    await start({ rateLimit: { perSecond: 1, burst: 0 }, now: () => 0 });
    const response = await fetch(simulator.url);
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBeNull();
    expect(await response.json()).toEqual({ error: { status: 429, message: "rate limit exceeded" } });
  });

  it("can be left out", async () => {
    await start({ rateLimit: null, now: () => 0 });
    const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await fetch(simulator.url)).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

describe("stableId", () => {
  it("makes the same UUID of the same parts, another of others", () => {
    expect(stableId("a", 1)).toBe(stableId("a", 1));
    expect(stableId("a", 1)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(stableId("a", 1)).not.toBe(stableId("a1"));
  });
});
