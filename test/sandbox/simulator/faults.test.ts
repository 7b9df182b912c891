import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type Simulator, startSimulator } from "../../../src/sandbox/simulator/simulator";
import { call, gate } from "../support/http";

const WHOLE = '{"text":"0123456789"}';
const HALF = '{"text":"0';

let simulator: Simulator;
let works: number;

beforeEach(async () => {
  works = 0;
  const provider = {
    handle: () => {
      works += 1;
      return { status: 201, body: { text: "0123456789" } };
    },
    errorBody: (status: number, message: string) => ({ status, message }),
    caller: () => "",
  };
  simulator = await startSimulator(provider, { rateLimit: null });
});

afterEach(() => simulator.close());

const statuses = () => simulator.control.calls().map(({ status }) => status);

describe("a fault of kind status", () => {
  it("answers so, without the work", async () => {
    simulator.control.failNext({ kind: "status", status: 402, body: { no: "credits" }, headers: { "x-left": "0" } });
    const response = await fetch(simulator.url);
    expect([response.status, await response.json()]).toEqual([402, { no: "credits" }]);
    expect(response.headers.get("x-left")).toBe("0");
    expect(works).toBe(0);
    expect(statuses()).toEqual([402]);
  });

  it("answers with the provider's error body where it has none of its own", async () => {
    simulator.control.failNext({ kind: "status", status: 503 });
    expect(await call(simulator.url)).toEqual({
      status: 503,
      text: '{"status":503,"message":"a fault was injected"}',
      error: null,
    });
  });
});

describe("a fault of kind delay", () => {
  it("answers properly afterwards", async () => {
    simulator.control.failNext({ kind: "delay", ms: 1 });
    expect(await call(simulator.url)).toEqual({ status: 201, text: WHOLE, error: null });
    expect(statuses()).toEqual([201]);
  });

  it("does the work at once, and answers nobody who has left", async () => {
    simulator.control.failNext({ kind: "delay", ms: 600_000 });
    const leaving = new AbortController();
    const left = call(simulator.url, { signal: leaving.signal });
    await simulator.control.whenCalled(1);
    expect(works).toBe(1);
    leaving.abort();
    expect(await left).toEqual({ status: null, text: "", error: "The operation was aborted" });
    expect(statuses()).toEqual([null]);
  });

  it("does not keep the simulator from closing, nor the process", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const before = timers();
    simulator.control.failNext({ kind: "delay", ms: 600_000 });
    const cut = call(simulator.url);
    await simulator.control.whenCalled(1);
    await simulator.close();
    expect(timers()).toBeLessThanOrEqual(before);
    expect(await cut).toEqual({ status: null, text: "", error: "socket hang up" });
  });
});

describe("a fault of kind hold", () => {
  it("answers once the promise resolves, other calls meanwhile", async () => {
    const { until, open } = gate();
    simulator.control.failNext({ kind: "hold", until });
    const held = call(simulator.url);
    await simulator.control.whenCalled(1);
    expect((await call(simulator.url)).text).toBe(WHOLE);
    expect(statuses()).toEqual([null, 201]);
    open();
    expect(await held).toEqual({ status: 201, text: WHOLE, error: null });
    expect(statuses()).toEqual([201, 201]);
    expect(works).toBe(2);
  });

  it("answers once the promise rejects", async () => {
    const { until, fail } = gate();
    simulator.control.failNext({ kind: "hold", until });
    const held = call(simulator.url);
    await simulator.control.whenCalled(1);
    fail();
    expect(await held).toEqual({ status: 201, text: WHOLE, error: null });
  });

  it("answers nobody who has left", async () => {
    const { until, open } = gate();
    simulator.control.failNext({ kind: "hold", until });
    const leaving = new AbortController();
    const left = call(simulator.url, { signal: leaving.signal });
    await simulator.control.whenCalled(1);
    leaving.abort();
    await left;
    await call(simulator.url); // by its end the simulator has noticed
    open();
    await call(simulator.url);
    expect(statuses()).toEqual([null, 201, 201]);
  });
});

describe("a fault of kind hang", () => {
  it("neither works nor answers, until the simulator closes", async () => {
    simulator.control.failNext({ kind: "hang" });
    const hanging = call(simulator.url);
    await simulator.control.whenCalled(1);
    expect(statuses()).toEqual([null]);
    await simulator.close();
    expect(await hanging).toEqual({ status: null, text: "", error: "socket hang up" });
    expect(works).toBe(0);
  });
});

describe("a fault of kind reset", () => {
  it("resets the connection before the work", async () => {
    simulator.control.failNext({ kind: "reset", when: "before" });
    expect(await call(simulator.url)).toEqual({ status: null, text: "", error: "read ECONNRESET" });
    expect(works).toBe(0);
    expect(statuses()).toEqual([null]);
  });

  it("resets the connection after the work", async () => {
    simulator.control.failNext({ kind: "reset", when: "after" });
    expect(await call(simulator.url)).toEqual({ status: null, text: "", error: "read ECONNRESET" });
    expect(works).toBe(1);
    expect(statuses()).toEqual([null]);
  });
});

describe("faults in the answer", () => {
  it("malformed: is not JSON", async () => {
    simulator.control.failNext({ kind: "malformed" });
    expect(await call(simulator.url)).toEqual({ status: 200, text: "<html>Bad Gateway</html>", error: null });
    expect(works).toBe(1);
    expect(statuses()).toEqual([200]);
  });

  it("shape: is another JSON", async () => {
    simulator.control.failNext({ kind: "shape", body: ["what"] });
    expect(await call(simulator.url)).toEqual({ status: 200, text: '["what"]', error: null });
    expect(works).toBe(1);
    expect(statuses()).toEqual([200]);
  });

  it("truncated: ends after half the body", async () => {
    simulator.control.failNext({ kind: "truncated" });
    expect(await call(simulator.url)).toEqual({ status: 201, text: HALF, error: "aborted" });
    expect(works).toBe(1);
    expect(statuses()).toEqual([null]);
  });

  it("slow-body: comes half at once", async () => {
    simulator.control.failNext({ kind: "slow-body", ms: 600_000 });
    expect(await call(simulator.url, { leaveAtFirstPart: true })).toEqual({
      status: 201,
      text: HALF,
      error: "aborted",
    });
    await call(simulator.url); // by its end the simulator has noticed
    expect(works).toBe(2);
    expect(statuses()).toEqual([null, 201]);
  });

  it("slow-body: comes whole in the end", async () => {
    simulator.control.failNext({ kind: "slow-body", ms: 1 });
    expect(await call(simulator.url)).toEqual({ status: 201, text: WHOLE, error: null });
    expect(statuses()).toEqual([201]);
  });
});

describe("which call meets a fault", () => {
  const failing = (status: number, path?: string) => ({ kind: "status" as const, status, ...(path && { path }) });
  const statusOf = async (path: string) => (await call(`${simulator.url}${path}`)).status;

  it("is the next one, in the order of queueing", async () => {
    const twice = failing(500);
    simulator.control.failNext(twice, twice, failing(501));
    simulator.control.failNext(failing(502));
    const met = [await statusOf("/"), await statusOf("/"), await statusOf("/"), await statusOf("/")];
    expect([...met, await statusOf("/")]).toEqual([500, 500, 501, 502, 201]);
  });

  it("is the next one to its path, where it has one", async () => {
    simulator.control.failNext(failing(500, "/b"), failing(501));
    expect([await statusOf("/a"), await statusOf("/a"), await statusOf("/b"), await statusOf("/b")]).toEqual([
      501, 201, 500, 201,
    ]);
  });

  it("is every one, until told otherwise, except for queued faults", async () => {
    simulator.control.failAlways(failing(500));
    simulator.control.failNext(failing(501));
    expect([await statusOf("/"), await statusOf("/"), await statusOf("/")]).toEqual([501, 500, 500]);
    simulator.control.failAlways(failing(500, "/b"));
    expect([await statusOf("/a"), await statusOf("/b")]).toEqual([201, 500]);
    simulator.control.failAlways(null);
    expect(await statusOf("/b")).toBe(201);
  });
});
