import { afterEach, describe, expect, it } from "@jest/globals";
import type { ProviderHttpOptions } from "../../../src/providers/http/provider-call";
import type { ProviderHttp } from "../../../src/providers/http/provider-http";
import { callFor, clientFor, failureOf, NOW } from "./test-client";
import {
  json,
  refusingUrl,
  reset,
  startServer,
  startTcpServer,
  text,
  type Answer,
  type TestServer,
} from "./test-server";

const GONE = new Error("the caller has gone");
const PROBE_AT = new Date(NOW + 10_000);

let server: TestServer | undefined;
let now = NOW;

afterEach(() => {
  now = NOW;
  return server?.close();
});

/** A client of a server that gives these answers one after the other, and the last one ever after. */
async function clientOf(answers: readonly Answer[], options: Partial<ProviderHttpOptions> = {}) {
  const started = await startServer((...args) => answers[Math.min(args[1], answers.length) - 1]?.(...args));
  server = started;
  return { server: started, client: clientFor(started.url, { repeats: "never", now: () => now, ...options }) };
}

async function fail(client: ProviderHttp, times: number): Promise<void> {
  for (let nth = 0; nth < times; nth++) await failureOf(client.request(callFor()));
}

describe("the circuit", () => {
  it.each([
    ["500", json(500, {})],
    ["429", json(429, {})],
    ["resets", reset()],
  ])("opens after five failures in a row: %s", async (_name, answer) => {
    const { client, server } = await clientOf([answer]);
    await fail(client, 4);
    expect(client.circuit).toBe("CLOSED");
    await fail(client, 1);
    expect(client.circuit).toBe("OPEN");
    const error = await failureOf(client.request(callFor()));
    expect(error).toMatchObject({ code: "PROVIDER_UNAVAILABLE", retryAfter: PROBE_AT });
    expect(client.lastErrorCode).toBe("PROVIDER_UNAVAILABLE");
    expect(server.received).toHaveLength(5);
  });

  it("counts timeouts", async () => {
    server = await startServer(() => undefined);
    const client = clientFor(server.url, { timeoutMs: 250 });
    await Promise.all([fail(client, 1), fail(client, 1)]);
    expect([client.circuit, server.received.length]).toEqual(["OPEN", 6]);
  });

  it("counts refused connections, and every attempt", async () => {
    const client = clientFor(await refusingUrl());
    await fail(client, 1);
    expect(client.circuit).toBe("CLOSED");
    await fail(client, 1);
    expect(client.circuit).toBe("OPEN");
  });

  it.each([
    ["400", json(400, {})],
    ["404", json(404, {})],
    ["302", text(302, "")],
    ["not JSON", text(200, "hello")],
    ["a wrong shape", json(200, {})],
    ["a 200", json(200, { found: 1 })],
  ])("takes as a sign of life: %s", async (_name, answer) => {
    const down = json(500, {});
    const { client, server } = await clientOf([down, down, down, down, answer, down]);
    await fail(client, 4);
    await client.request(callFor()).catch(() => undefined);
    await fail(client, 4);
    expect([client.circuit, server.received.length]).toEqual(["CLOSED", 9]);
  });

  it("keeps a repeat back, and the failure says when the probe is due", async () => {
    const { client, server } = await clientOf([json(503, {})], { repeats: "safe" });
    await fail(client, 1);
    const error = await failureOf(client.request(callFor()));
    expect(error).toMatchObject({ message: "Surfe failed (503).", retryAfter: PROBE_AT });
    expect(server.received).toHaveLength(5);
  });

  it("has nobody wait for a repeat that would be kept back", async () => {
    const busy = json(429, {});
    const { client } = await clientOf([busy, busy, busy, busy, json(500, {})], { repeats: "safe", backoffMs: 60_000 });
    await fail(client, 4);
    expect(await failureOf(client.request(callFor()))).toMatchObject({ retryAfter: PROBE_AT });
  });

  it("comes before the limiter, and after the caller's own wish", async () => {
    const { client } = await clientOf([json(500, {})], { ratePerSecond: 0.001, burst: 5 });
    await fail(client, 5);
    expect(await failureOf(client.request(callFor()))).toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    await expect(client.request(callFor({ signal: AbortSignal.abort(GONE) }))).rejects.toBe(GONE);
  });

  it("does not say that a provider may be asked before the probe", async () => {
    const { client } = await clientOf([json(429, {}, { "retry-after": "2" })]);
    await fail(client, 4);
    expect(await failureOf(client.request(callFor()))).toMatchObject({ retryAfter: PROBE_AT });
  });

  it("leaves a later time of the provider's as it is", async () => {
    const { client } = await clientOf([json(429, {}, { "retry-after": "60" })]);
    await fail(client, 4);
    const error = await failureOf(client.request(callFor()));
    expect(error).toMatchObject({ code: "PROVIDER_RATE_LIMITED", retryAfter: new Date(NOW + 60_000) });
  });

  it("names no time after which what may be charged twice could be asked again", async () => {
    const { client } = await clientOf([reset()]);
    await fail(client, 4);
    const error = await failureOf(client.request(callFor()));
    expect(error).toMatchObject({ code: "PROVIDER_OUTCOME_UNKNOWN", retryAfter: null });
  });

  it("sends one probe after ten seconds; the others wait for it, and go when it succeeds", async () => {
    const states: string[] = [];
    const down = json(500, {});
    const probed: Answer = (...args) => {
      states.push(client.circuit);
      others.push(client.request(callFor()), client.request(callFor()));
      setImmediate(() => {
        states.push(`${client.circuit}, ${server.received.length} received`);
        json(200, { found: 1 })(...args);
      });
    };
    const { client, server } = await clientOf([down, down, down, down, down, probed, json(200, { found: 2 })]);
    const others: Promise<unknown>[] = [];
    await fail(client, 5);
    now = NOW + 9_999;
    await fail(client, 1);
    now = NOW + 10_000;
    expect(client.circuit).toBe("OPEN");
    await client.request(callFor());
    expect(states).toEqual(["HALF_OPEN", "HALF_OPEN, 6 received"]);
    expect(client.circuit).toBe("CLOSED");
    expect(await Promise.all(others)).toMatchObject([{ body: { found: 2 } }, { body: { found: 2 } }]);
  });

  it("opens again where the probe fails, for those who wait too", async () => {
    const down = json(500, {});
    const probed: Answer = (...args) => {
      other = failureOf(client.request(callFor()));
      setImmediate(() => down(...args));
    };
    const limits = { ratePerSecond: 0.001, burst: 7 };
    const { client, server } = await clientOf([down, down, down, down, down, probed, json(200, { found: 1 })], limits);
    let other: ReturnType<typeof failureOf> | undefined;
    await fail(client, 5);
    now = NOW + 10_000;
    const error = await failureOf(client.request(callFor()));
    const retryAfter = new Date(NOW + 20_000);
    expect(error).toMatchObject({ message: "Surfe failed (500).", retryAfter });
    expect(await other).toMatchObject({
      message: "Surfe failed several times in a row and is not called for a while.",
      retryAfter,
    });
    expect([client.circuit, server.received.length]).toEqual(["OPEN", 6]);
    now = NOW + 20_000;
    await client.request(callFor()); // with the token of the one who was not sent
    expect(client.circuit).toBe("CLOSED");
  });

  it("lets go who waits for a probe and leaves; the probe goes on", async () => {
    const caller = new AbortController();
    const down = json(500, {});
    const probed: Answer = (...args) => {
      const waiting = client.request(callFor({ signal: caller.signal }));
      caller.abort(GONE);
      gone = expect(waiting)
        .rejects.toBe(GONE)
        .then(() => json(200, { found: 1 })(...args));
    };
    const { client, server } = await clientOf([down, down, down, down, down, probed]);
    let gone: Promise<void> | undefined;
    await fail(client, 5);
    now = NOW + 10_000;
    await client.request(callFor());
    await gone;
    expect([client.circuit, server.received.length]).toEqual(["CLOSED", 6]);
  });

  it("opens again where the probe is called off", async () => {
    const caller = new AbortController();
    let accepted = 0;
    server = await startTcpServer((socket) => (++accepted <= 6 ? socket.destroy() : caller.abort(GONE)));
    const client = clientFor(server.url, { now: () => now });
    await fail(client, 2);
    expect([client.circuit, accepted]).toEqual(["OPEN", 5]);
    accepted = 6;
    now = NOW + 10_000;
    await expect(client.request(callFor({ signal: caller.signal }))).rejects.toBe(GONE);
    expect(client.circuit).toBe("OPEN");
    expect(await failureOf(client.request(callFor()))).toMatchObject({ retryAfter: new Date(NOW + 20_000) });
  });

  it("takes no notice of a request that is called off before it is sent", async () => {
    const caller = new AbortController();
    let accepted = 0;
    server = await startTcpServer((socket) => (++accepted === 4 ? caller.abort(GONE) : socket.destroy()));
    const client = clientFor(server.url);
    await fail(client, 1);
    await expect(client.request(callFor({ signal: caller.signal }))).rejects.toBe(GONE);
    await fail(client, 1);
    expect([client.circuit, accepted]).toEqual(["OPEN", 6]);
  });
});
