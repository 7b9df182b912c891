import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Answer, Fault, StatusFault } from "./faults";

export type { Answer } from "./faults";

/** One call that is to be answered. */
export interface Exchange {
  readonly response: ServerResponse;
  /** Does the provider's work, and returns the answer. */
  work(): Answer;
  /** The answer for a status fault. */
  refuse(fault: StatusFault): Answer;
  /** Called when a complete answer was sent. */
  answered(status: number): void;
}

/** Answers a call, or fails as the fault says. Resolves when nothing more will be sent. */
export async function deliver(exchange: Exchange, fault: Fault | null): Promise<void> {
  const { response } = exchange;
  switch (fault?.kind) {
    case undefined:
      send(exchange, exchange.work());
      break;
    case "status":
    case "shape":
    case "altered":
      if (fault.kind === "status" && fault.afterMs) await waitFor(exchange, fault.afterMs);
      send(exchange, answerWith(exchange, fault));
      break;
    case "delay":
      await sendAfter(exchange, exchange.work(), waitFor(exchange, fault.ms));
      break;
    case "hold":
      await sendAfter(exchange, exchange.work(), fault.until);
      break;
    case "hang":
      break;
    case "reset":
      if (fault.when === "after") exchange.work();
      response.socket?.resetAndDestroy();
      break;
    case "malformed":
      exchange.work();
      sendBytes(exchange, { status: 200, body: undefined }, Buffer.from("<html>Bad Gateway</html>"));
      break;
    case "truncated":
      sendHalf(exchange, exchange.work(), () => response.socket?.destroy());
      break;
    case "slow-body":
      await sendSlowly(exchange, exchange.work(), fault.ms);
      break;
    default:
      fault satisfies never;
  }
}

function answerWith(
  exchange: Exchange,
  fault: Extract<Fault, { readonly kind: "status" | "shape" | "altered" }>,
): Answer {
  if (fault.kind === "status") return exchange.refuse(fault);
  const answer = exchange.work();
  return fault.kind === "shape" ? { status: 200, body: fault.body } : fault.alter(answer);
}

function send(exchange: Exchange, answer: Answer): void {
  sendBytes(exchange, answer, bytesOf(answer));
}

async function sendAfter(exchange: Exchange, answer: Answer, until: Promise<unknown>): Promise<void> {
  await until.catch(() => undefined);
  send(exchange, answer);
}

async function sendSlowly(exchange: Exchange, answer: Answer, ms: number): Promise<void> {
  const rest = sendHalf(exchange, answer);
  await waitFor(exchange, ms);
  finish(exchange, answer.status, rest);
}

function sendBytes(exchange: Exchange, answer: Answer, bytes: Buffer): void {
  sendHead(exchange, answer, bytes.length);
  finish(exchange, answer.status, bytes);
}

/** @returns The other half. */
function sendHalf(exchange: Exchange, answer: Answer, onSent?: () => void): Buffer {
  const bytes = bytesOf(answer);
  const half = Math.floor(bytes.length / 2);
  sendHead(exchange, answer, bytes.length);
  exchange.response.write(bytes.subarray(0, half), onSent);
  return bytes.subarray(half);
}

function sendHead({ response }: Exchange, { status, headers }: Answer, length: number): void {
  response.writeHead(status, { "content-type": "application/json", "content-length": length, ...headers });
}

function finish(exchange: Exchange, status: number, bytes: Buffer): void {
  if (exchange.response.destroyed) return;
  exchange.answered(status); // before the last byte: who has the answer then finds it in the call log
  exchange.response.end(bytes);
}

function bytesOf({ body }: Answer): Buffer {
  return Buffer.from(body === undefined ? "" : JSON.stringify(body));
}

/** Waits; ends early when the connection closes, so that no timer outlives the simulator. */
async function waitFor({ response }: Exchange, ms: number): Promise<void> {
  const leaving = new AbortController();
  response.once("close", () => leaving.abort());
  await wait(ms, undefined, { signal: leaving.signal }).catch(() => undefined);
}
