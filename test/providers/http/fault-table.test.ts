import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { ProviderErrorCode } from "../../../src/domain/errors";
import type { ProviderHttpOptions } from "../../../src/providers/http/provider-call";
import { callFor, clientFor, expectNothingSecretIn, failureOf, NOW, observing } from "./test-client";
import {
  hang,
  json,
  rawThenEnd,
  refusingUrl,
  reset,
  startServer,
  startTcpServer,
  text,
  trickle,
  type Answer,
  type TestServer,
} from "./test-server";

/** A fault, and for each repeat rule what comes of it: the code, and how many requests arrive. */
interface Row {
  readonly fault: string;
  readonly answer: Answer;
  readonly safe: readonly [ProviderErrorCode, number];
  readonly never: readonly [ProviderErrorCode, number];
  readonly retryAfterMs?: number;
  readonly timeoutMs?: number;
  readonly message?: string;
  readonly words?: string;
}

const UNAVAILABLE = "PROVIDER_UNAVAILABLE";
const UNKNOWN = "PROVIDER_OUTCOME_UNKNOWN";
const BAD = "PROVIDER_BAD_RESPONSE";
const LIMITED = "PROVIDER_RATE_LIMITED";
const SHORT = 250;

function always(code: ProviderErrorCode): Pick<Row, "safe" | "never"> {
  return { safe: [code, 1], never: [code, 1] };
}

const LOST: Pick<Row, "safe" | "never"> = { safe: [UNAVAILABLE, 3], never: [UNKNOWN, 1] };

const ROWS: readonly Row[] = [
  {
    fault: "400",
    answer: json(400, { code: 400, message: "unknown industry" }),
    ...always("PROVIDER_REJECTED_REQUEST"),
    message: "Surfe rejected the request (400): unknown industry",
    words: "unknown industry",
  },
  {
    fault: "401",
    answer: json(401, { message: "bad key" }),
    ...always("PROVIDER_CREDENTIALS_REJECTED"),
    message: "Surfe rejected the API key (401). Check SURFE_API_KEY.",
    words: "bad key",
  },
  {
    fault: "402",
    answer: json(402, { error: { code: "PAY", message: "pay first" } }),
    ...always("PROVIDER_CREDITS_EXHAUSTED"),
    message: "The credits or quota at Surfe are used up (402). Check the plan there.",
    words: "pay first",
  },
  {
    fault: "403 about the key",
    answer: json(403, { status: "error", message: "cookie invalid" }),
    ...always("PROVIDER_CREDENTIALS_REJECTED"),
    message: "Surfe denied access (403). Check SURFE_API_KEY and what its plan includes.",
    words: "cookie invalid",
  },
  {
    fault: "403 about credits",
    answer: json(403, { errors: [{ id: "1", code: "X", details: "No credits left" }] }),
    ...always("PROVIDER_CREDITS_EXHAUSTED"),
    words: "No credits left",
  },
  {
    fault: "403 with a code about quota",
    answer: json(403, { code: "QUOTA_EXCEEDED", message: "Forbidden" }),
    ...always("PROVIDER_CREDITS_EXHAUSTED"),
    words: "Forbidden",
  },
  {
    fault: "404 with a page",
    answer: text(404, "<html>no</html>"),
    ...always("PROVIDER_REJECTED_REQUEST"),
    message: "Surfe rejected the request (404).",
  },
  {
    fault: "429 that names no time",
    answer: json(429, { message: "slow down" }),
    ...always(LIMITED),
    message: "Surfe is asked too often (429).",
    words: "slow down",
  },
  {
    fault: "429 that names a short time",
    answer: json(429, {}, { "Retry-After": "0" }),
    safe: [LIMITED, 3],
    never: [LIMITED, 1],
    retryAfterMs: 0,
  },
  {
    fault: "429 that names a time as long as the timeout",
    answer: json(429, {}, { "Retry-After": "5" }),
    ...always(LIMITED),
    retryAfterMs: 5_000,
  },
  {
    fault: "429 that names a date",
    answer: json(429, {}, { "Retry-After": "Fri, 20 Nov 2026 12:01:00 GMT" }),
    ...always(LIMITED),
    retryAfterMs: 60_000,
  },
  {
    fault: "429 with RateLimit-Reset",
    answer: json(429, {}, { "RateLimit-Reset": "30" }),
    ...always(LIMITED),
    retryAfterMs: 30_000,
  },
  {
    fault: "500",
    answer: json(500, { message: "boom" }),
    safe: [UNAVAILABLE, 3],
    never: [UNAVAILABLE, 1],
    message: "Surfe failed (500).",
    words: "boom",
  },
  {
    fault: "503 that names a time as long as the timeout",
    answer: text(503, "", { "Retry-After": "7" }),
    ...always(UNAVAILABLE),
    retryAfterMs: 7_000,
  },
  {
    fault: "503 that names a short time",
    answer: text(503, "", { "Retry-After": "0" }),
    safe: [UNAVAILABLE, 3],
    never: [UNAVAILABLE, 1],
    retryAfterMs: 0,
  },
  {
    fault: "503 with RateLimit-Reset",
    answer: text(503, "", { "RateLimit-Reset": "60" }),
    safe: [UNAVAILABLE, 3],
    never: [UNAVAILABLE, 1],
  },
  {
    fault: "408",
    answer: json(408, { message: "request timed out" }),
    safe: [UNAVAILABLE, 3],
    never: [UNAVAILABLE, 1],
    message: "Surfe failed (408).",
    words: "request timed out",
  },
  { fault: "302", answer: text(302, "", { Location: "/elsewhere" }), ...always(BAD) },
  { fault: "304", answer: text(304, ""), ...always(BAD) },
  { fault: "a reset after the request was read", answer: reset(), ...LOST },
  { fault: "an orderly close in place of an answer", answer: rawThenEnd(""), ...LOST },
  { fault: "silence", answer: hang(), ...LOST, timeoutMs: SHORT },
  { fault: "a body that never ends", answer: trickle(), ...LOST, timeoutMs: SHORT },
  {
    fault: "a body shorter than its Content-Length",
    answer: rawThenEnd('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"found": 1}'),
    ...LOST,
  },
  {
    fault: "a body without its last chunk",
    answer: rawThenEnd('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n{"found": 1}\r\n'),
    ...LOST,
  },
  {
    fault: "a compressed body that is cut off",
    answer: (response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-length": "1000" });
      response.write(gzipSync('{"found": 1}'), () => response.socket?.end());
    },
    ...LOST,
  },
  { fault: "a cut-off error", answer: rawThenEnd("HTTP/1.1 400 Bad\r\nContent-Length: 9\r\n\r\n{"), ...LOST },
  { fault: "text", answer: text(200, "all good"), ...always(BAD), message: "The answer of Surfe (200) is not JSON." },
  { fault: "nothing", answer: text(200, ""), ...always(BAD) },
  {
    fault: "another shape",
    answer: json(200, { found: "many" }),
    ...always(BAD),
    message: "The answer of Surfe (200) is not of the documented shape.",
  },
  { fault: "what is not HTTP", answer: rawThenEnd("SSH-2.0-OpenSSH\r\n"), ...always(BAD) },
  {
    fault: "a body that is not what its encoding says",
    answer: text(200, '{"found": 1}', { "content-encoding": "gzip" }),
    ...always(BAD),
  },
  {
    fault: "a body that is too large",
    answer: json(200, { found: 1, more: "x".repeat(2_000) }),
    ...always(BAD),
    message: "The answer of Surfe is larger than 1000 bytes.",
  },
];

describe.each(["safe", "never"] as const)("a provider whose requests are repeated: %s", (repeats) => {
  let server: TestServer | undefined;

  afterEach(() => server?.close());

  it.each(ROWS)("maps $fault", async (row) => {
    server = await startServer(row.answer);
    const client = clientFor(server.url, { repeats, maxBodyBytes: 1_000, timeoutMs: row.timeoutMs ?? 5_000 });
    const error = await failureOf(client.request(callFor()));
    expect([error.code, server.received.length]).toEqual(row[repeats]);
    expect(error.provider).toBe("SURFE");
    expect(error.retryAfter).toEqual(row.retryAfterMs === undefined ? null : new Date(NOW + row.retryAfterMs));
    expect(error.words).toBe(row.words ?? null);
    if (row.message !== undefined) expect(error.message).toBe(row.message);
    expect(client.lastErrorCode).toBe(row[repeats][0]);
    expectNothingSecretIn(client);
  });

  it("maps a refused connection, and tries it again", async () => {
    const { sent, code } = await notSent({ baseUrl: await refusingUrl(), repeats });
    expect({ sent, code }).toEqual({ sent: [false, false, false], code: "ECONNREFUSED" });
  });

  it("maps a host that has no address, and tries it again", async () => {
    const tooLongToBeAsked = `http://${"x".repeat(64)}.invalid`; // a label has at most 63 characters
    const { sent } = await notSent({ baseUrl: tooLongToBeAsked, repeats });
    expect(sent).toEqual([false, false, false]);
  });

  it("maps a reset before the request was sent, and tries it again", async () => {
    server = await startTcpServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    const { sent, code } = await notSent({ baseUrl: server.url, repeats });
    expect({ sent, code }).toEqual({ sent: [false, false, false], code: "ECONNRESET" });
    expect(server.connections()).toBe(3);
  });

  it("maps a timeout before the request was sent, and tries it again", async () => {
    server = await startTcpServer(() => undefined);
    const { sent, code } = await notSent({ baseUrl: server.url, repeats, timeoutMs: SHORT });
    expect({ sent, code }).toEqual({ sent: [false, false, false], code: "ETIMEDOUT" });
  });
});

async function notSent(options: Partial<ProviderHttpOptions> & Pick<ProviderHttpOptions, "baseUrl">) {
  const sent: boolean[] = [];
  const observer = observing((attempt) => sent.push(attempt.sent));
  const error = await failureOf(clientFor(options.baseUrl, { ...options, observer }).request(callFor()));
  expect(error).toMatchObject({ code: UNAVAILABLE, message: "Surfe could not be reached.", retryAfter: null });
  return { sent, code: error.cause instanceof Error ? error.cause.message : null };
}
