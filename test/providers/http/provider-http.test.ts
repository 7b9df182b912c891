import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import type { ProviderAttempt, Refusal } from "../../../src/providers/http/provider-call";
import { LushaRateLimits } from "../../../src/providers/lusha/lusha.rate-limits";
import { callFor, clientFor, expectNothingSecretIn, failureOf, NOW, observing, SECRETS } from "./test-client";
import { hang, json, reset, startServer, text, type Answer, type TestServer } from "./test-server";

const GONE = new Error("the caller has gone");

let server: TestServer | undefined;

afterEach(() => server?.close());

async function serve(answer: Answer): Promise<TestServer> {
  server = await startServer(answer);
  return server;
}

/** Longest time that a call of Lusha runs. */
const LONGEST_MS = 20_000;

describe("ProviderHttp.request", () => {
  it("sends JSON with the provider's authentication and the call's headers, and reads the answer", async () => {
    const { url, received } = await serve(json(201, { found: 3, extra: true }, { "X-Left": "7" }));
    const answer = await clientFor(url).request(callFor({ path: "/find", headers: { "X-Tenant": "a" } }));
    expect(answer).toMatchObject({ body: { found: 3 }, status: 201, attempts: 1 });
    expect(answer.headers.get("x-left")).toBe("7");
    expect(received).toMatchObject([
      {
        method: "POST",
        url: "/find",
        body: '{"login_token":"li-session-0123456789"}',
        headers: {
          authorization: "Bearer sk-surfe-0123456789",
          "content-type": "application/json",
          accept: "application/json",
          "x-tenant": "a",
        },
      },
    ]);
  });

  it("sends a query, and no body where there is none", async () => {
    const { url, received } = await serve(json(200, { found: 0 }));
    const query = new URLSearchParams([
      ["a", "1 & 2"],
      ["b[]", "x"],
      ["b[]", "y"],
    ]);
    const { operation, method, path, schema } = callFor({ method: "GET" });
    await clientFor(url).request({ operation, method, path, schema, query });
    expect(received).toMatchObject([{ method: "GET", url: "/find?a=1+%26+2&b%5B%5D=x&b%5B%5D=y", body: "" }]);
    expect(received[0]?.headers).not.toHaveProperty("content-type");
  });

  it.each(["", "/", "/v1", "/v1/"])("keeps the base URL's prefix %j", async (prefix) => {
    const { url, received } = await serve(json(200, { found: 0 }));
    await clientFor(url + prefix).request(callFor({ path: "/find" }));
    expect(received[0]?.url).toBe(prefix.startsWith("/v1") ? "/v1/find" : "/find");
  });

  it("stays with its host whatever the path", async () => {
    const { url, received } = await serve(json(200, { found: 0 }));
    await clientFor(url).request(callFor({ path: "http://127.0.0.1:1/elsewhere" }));
    await clientFor(url).request(callFor({ path: "//127.0.0.1:1/elsewhere" }));
    expect(received.map((request) => request.url)).toEqual(["/http://127.0.0.1:1/elsewhere", "/127.0.0.1:1/elsewhere"]);
  });

  it("takes no proxy from the environment", async () => {
    process.env["http_proxy"] = "http://127.0.0.1:1";
    try {
      const { url } = await serve(json(200, { found: 1 }));
      await expect(clientFor(url).request(callFor())).resolves.toMatchObject({ body: { found: 1 } });
    } finally {
      delete process.env["http_proxy"];
    }
  });

  it("keeps its connection, until it is closed", async () => {
    const { url, connections } = await serve(json(200, { found: 1 }));
    const client = clientFor(url);
    await client.request(callFor());
    await client.request(callFor());
    expect(connections()).toBe(1);
    client.close();
    await client.request(callFor());
    expect(connections()).toBe(2);
  });

  it("lets a request finish that is under way when it is closed", async () => {
    const { url } = await serve((...args) => {
      client.close();
      json(200, { found: 1 })(...args);
    });
    const client = clientFor(url, { repeats: "never" });
    await expect(client.request(callFor())).resolves.toMatchObject({ body: { found: 1 } });
  });

  it("reads a compressed answer", async () => {
    const { url } = await serve((response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"found": 5}'));
    });
    await expect(clientFor(url).request(callFor())).resolves.toMatchObject({ body: { found: 5 } });
  });

  it("gives what the schema makes of the body", async () => {
    const { url } = await serve(json(200, { found: "5" }));
    const schema = z.object({ found: z.coerce.number() }).transform(({ found }) => found * 2);
    const { operation, method, path } = callFor();
    await expect(clientFor(url).request({ operation, method, path, schema })).resolves.toMatchObject({ body: 10 });
  });

  it("names the places in a wrong shape, and no values", async () => {
    const { url } = await serve(json(200, { list: [{ name: SECRETS[0] }], "ann@b.com": SECRETS[1] }));
    const schema = z.object({ list: z.array(z.object({ name: z.number() })) }).catchall(z.number());
    const error = await failureOf(clientFor(url).request({ operation: "list", method: "GET", path: "/", schema }));
    expect(error.cause).toMatchObject({ message: "list.0.name invalid_type, * invalid_type" });
  });

  it("tells of each attempt", async () => {
    const attempts: ProviderAttempt[] = [];
    const made = { provider: "SURFE", operation: "find", sent: true, durationMs: expect.any(Number) };
    const down = json(500, { message: `no ${String(SECRETS[0])} today` });
    const { url } = await serve((...args) => [reset(), down, json(200, { found: 1 })][args[1] - 1]?.(...args));
    const observer = observing((attempt) => attempts.push(attempt));
    const answer = await clientFor(url, { observer }).request(callFor());
    expect(answer.attempts).toBe(3);
    expect(attempts).toEqual([
      {
        ...made,
        attempt: 1,
        status: null,
        code: "PROVIDER_UNAVAILABLE",
        cause: "ECONNRESET",
        words: null,
      },
      { ...made, attempt: 2, status: 500, code: "PROVIDER_UNAVAILABLE", cause: null, words: "no *** today" },
      { ...made, attempt: 3, status: 200, code: "OK", cause: null, words: null },
    ]);
  });

  it("repeats a 429 when its time has come", async () => {
    const { url } = await serve((...args) =>
      args[1] < 3 ? json(429, {}, { "retry-after": "0.01" })(...args) : json(200, { found: 1 })(...args),
    );
    await expect(clientFor(url).request(callFor())).resolves.toMatchObject({ attempts: 3 });
  });

  it("remembers the last failure until a success", async () => {
    const { url } = await serve((...args) => json(args[1] === 1 ? 401 : 200, { found: 1 })(...args));
    const client = clientFor(url);
    expect(client.lastErrorCode).toBeNull();
    await failureOf(client.request(callFor()));
    expect(client.lastErrorCode).toBe("PROVIDER_CREDENTIALS_REJECTED");
    await client.request(callFor());
    expect(client.lastErrorCode).toBeNull();
  });

  it("shows no secret when printed", () => {
    expectNothingSecretIn(clientFor("http://127.0.0.1:1"));
  });
});

describe("a refusal", () => {
  it("keeps the secrets that the provider echoes out of its words", async () => {
    const { url } = await serve(json(400, { message: `key ${SECRETS[0]}\nand session\u0000 ${SECRETS[1]} are bad` }));
    const error = await failureOf(clientFor(url).request(callFor()));
    expect(error.words).toBe("key *** and session *** are bad");
  });

  it.each<[number, Answer, Refusal, object]>([
    [410, json(410, { code: "GONE" }), { code: "PROVIDER_SESSION_EXPIRED" }, { code: "PROVIDER_SESSION_EXPIRED" }],
    [403, text(403, "no more"), { code: "PROVIDER_CREDITS_EXHAUSTED" }, { code: "PROVIDER_CREDITS_EXHAUSTED" }],
    [403, json(403, {}), { words: "out of\tcredits" }, { code: "PROVIDER_CREDITS_EXHAUSTED", words: "out of credits" }],
    [403, json(403, {}), { message: "Log in." }, { code: "PROVIDER_CREDENTIALS_REJECTED", message: "Log in." }],
  ])("is read as its adapter says: %i, case %#", async (status, answer, refusal, expected) => {
    const { url } = await serve(answer);
    const bodies: unknown[] = [];
    const client = clientFor(url, { readRefusal: (...given) => (bodies.push(given), refusal) });
    expect(await failureOf(client.request(callFor()))).toMatchObject(expected);
    expect(bodies).toEqual([[status, status === 410 ? { code: "GONE" } : expect.anything()]]);
  });

  it("is read in the general way where its adapter has nothing to say", async () => {
    const { url } = await serve(json(402, {}));
    const error = await failureOf(clientFor(url, { readRefusal: () => null }).request(callFor()));
    expect(error.code).toBe("PROVIDER_CREDITS_EXHAUSTED");
  });

  it("of a 429 that is about something else is not repeated", async () => {
    const { url, received } = await serve(json(429, {}, { "retry-after": "0" }));
    const client = clientFor(url, { readRefusal: () => ({ code: "PROVIDER_CREDITS_EXHAUSTED" }) });
    expect(await failureOf(client.request(callFor()))).toMatchObject({ code: "PROVIDER_CREDITS_EXHAUSTED" });
    expect(received).toHaveLength(1);
  });
});

describe("the limiter", () => {
  it("sends nothing where the wait would be longer than the timeout", async () => {
    const { url, received } = await serve(json(200, { found: 1 }));
    const client = clientFor(url, { ratePerSecond: 0.001, burst: 2 });
    await client.request(callFor());
    await client.request(callFor());
    const error = await failureOf(client.request(callFor()));
    expect(error).toMatchObject({ code: "PROVIDER_RATE_LIMITED", message: "Too many calls are waiting for Surfe." });
    expect(error.retryAfter?.getTime()).toBeGreaterThan(NOW + 900_000);
    expect(error.retryAfter?.getTime()).toBeLessThanOrEqual(NOW + 1_000_000);
    expect(received).toHaveLength(2);
  });

  it("takes a token for each attempt, and reports the failure where there is none for a repeat", async () => {
    const { url, received } = await serve(json(500, {}));
    const client = clientFor(url, { ratePerSecond: 0.001, burst: 2 });
    expect(await failureOf(client.request(callFor()))).toMatchObject({ message: "Surfe failed (500)." });
    expect(received).toHaveLength(2);
  });

  it("lets those who wait go in turn", async () => {
    const { url, received } = await serve(json(200, { found: 1 }));
    const client = clientFor(url, { ratePerSecond: 10, burst: 1 });
    await Promise.all(["/1", "/2", "/3", "/4"].map((path) => client.request(callFor({ path }))));
    expect(received.map((request) => request.url)).toEqual(["/1", "/2", "/3", "/4"]);
  });
});

describe("a provider's own count of calls", () => {
  it("is looked at again after the limiter's wait: who waited for a turn is not sent past the last one", async () => {
    const { url, received } = await serve(json(200, { found: 1 }, { "x-minute-requests-left": "0" }));
    const client = clientFor(url, {
      newQuota: (state) => new LushaRateLimits(LONGEST_MS, state),
      ratePerSecond: 5,
      burst: 1,
    });
    const [first, second, third] = await Promise.allSettled([1, 2, 3].map(() => client.request(callFor())));
    expect(first).toMatchObject({ status: "fulfilled" });
    const held = { code: "PROVIDER_RATE_LIMITED", retryAfter: new Date(NOW + 60_000) };
    expect([second, third]).toMatchObject([{ reason: held }, { reason: held }]);
    expect(received).toHaveLength(1);
  });
});

describe("a caller who goes away", () => {
  it("before anything, sends nothing", async () => {
    const { url, received } = await serve(json(200, { found: 1 }));
    const signal = AbortSignal.abort(GONE);
    await expect(clientFor(url).request(callFor({ signal }))).rejects.toBe(GONE);
    expect(received).toHaveLength(0);
  });

  it("while waiting for a turn, sends nothing", async () => {
    const { url, received } = await serve(json(200, { found: 1 }));
    const client = clientFor(url, { ratePerSecond: 1, burst: 1 });
    const { signal, controller } = caller();
    await client.request(callFor());
    const waiting = client.request(callFor({ signal }));
    controller.abort(GONE);
    await expect(waiting).rejects.toBe(GONE);
    expect([received.length, client.lastErrorCode]).toEqual([1, null]);
  });

  it("once the request was sent, gets the answer all the same", async () => {
    const { signal, controller } = caller();
    const { url } = await serve((...args) => {
      controller.abort(GONE);
      json(200, { found: 1 })(...args);
    });
    await expect(clientFor(url).request(callFor({ signal }))).resolves.toMatchObject({ body: { found: 1 } });
  });

  it.each([
    ["silence", hang()],
    ["a reset", reset()],
  ])("once the request was sent, gets the failure all the same: %s", async (_name, answer) => {
    const { signal, controller } = caller();
    const { url } = await serve((...args) => {
      controller.abort(GONE);
      answer(...args);
    });
    const client = clientFor(url, { repeats: "never", timeoutMs: 250 });
    expect(await failureOf(client.request(callFor({ signal })))).toMatchObject({ code: "PROVIDER_OUTCOME_UNKNOWN" });
  });

  it("between two attempts, makes no other", async () => {
    const { signal, controller } = caller();
    const { url, received } = await serve(json(500, {}));
    const observer = observing(() => void setImmediate(() => controller.abort(GONE)));
    const client = clientFor(url, { backoffMs: 60_000, observer });
    await expect(client.request(callFor({ signal }))).rejects.toBe(GONE);
    expect(received).toHaveLength(1);
  });
});

function caller(): { readonly controller: AbortController; readonly signal: AbortSignal } {
  const controller = new AbortController();
  return { controller, signal: controller.signal };
}
