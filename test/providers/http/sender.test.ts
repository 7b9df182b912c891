import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { Sender } from "../../../src/providers/http/sender";
import { json, reset, startServer, type Answer, type TestServer } from "./test-server";

const REQUEST = { method: "GET", path: "/find" } as const;

/** All but `setTimeout` and `clearTimeout`: what Node itself waits for goes on. */
const REAL_TIMERS = [
  ...(["setInterval", "clearInterval", "setImmediate", "clearImmediate"] as const),
  ...(["nextTick", "queueMicrotask", "Date", "hrtime", "performance"] as const),
];

let server: TestServer;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: REAL_TIMERS });
});

afterEach(async () => {
  jest.useRealTimers();
  await server.close();
});

async function senderFor(answer: Answer): Promise<Sender> {
  server = await startServer(answer);
  return new Sender({ baseUrl: server.url, headers: {}, timeoutMs: 5_000 }, 1_000);
}

describe("Sender.send", () => {
  it.each([
    ["answered", json(200, {})],
    ["lost", reset()],
  ])("leaves no timer and no listener behind where the request was %s", async (kind, answer) => {
    const sender = await senderFor(answer);
    const { signal } = new AbortController();
    const outcome = await sender.send(REQUEST, signal);
    expect([outcome.kind, jest.getTimerCount(), getEventListeners(signal, "abort").length]).toEqual([kind, 0, 0]);
    sender.close();
  });
});
