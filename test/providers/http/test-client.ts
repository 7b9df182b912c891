import { inspect } from "node:util";
import { expect } from "@jest/globals";
import { z } from "zod";
import { ProviderError } from "../../../src/domain/errors";
import type { ProviderCall, ProviderHttpOptions, ProviderObserver } from "../../../src/providers/http/provider-call";
import { ProviderHttp } from "../../../src/providers/http/provider-http";

export const NOW = Date.parse("2026-11-20T12:00:00Z");
export const SECRETS = ["sk-surfe-0123456789", "li-session-0123456789"];

const Found = z.object({ found: z.number() });
export type Found = z.infer<typeof Found>;

/** A client that is quick to give up and to try again. */
export function clientFor(baseUrl: string, options: Partial<ProviderHttpOptions> = {}): ProviderHttp {
  return new ProviderHttp({
    provider: "SURFE",
    baseUrl,
    headers: { Authorization: `Bearer ${SECRETS[0]}` },
    timeoutMs: 5_000,
    ratePerSecond: 1_000,
    burst: 1_000,
    repeats: "safe",
    backoffMs: 1,
    now: () => NOW,
    ...options,
  });
}

export function callFor(call: Partial<ProviderCall<Found>> = {}): ProviderCall<Found> {
  return {
    operation: "find",
    method: "POST",
    path: "/find",
    body: { login_token: SECRETS[1] },
    secrets: SECRETS.slice(1),
    schema: Found,
    ...call,
  };
}

/** Tells of attempts. */
export function observing(attempted: ProviderObserver["attempted"]): ProviderObserver {
  return { attempted, rowsUnread: () => undefined, echoDiffered: () => undefined };
}

/** The error with which `request` fails, after a check that it gives nothing away. */
export async function failureOf(request: Promise<unknown>): Promise<ProviderError> {
  const error = await request.then(
    () => new Error("the request succeeded"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderError)) throw error;
  expectNothingSecretIn(error);
  return error;
}

export function expectNothingSecretIn(value: object): void {
  const printed = [inspect(value, { depth: Infinity, showHidden: true }), JSON.stringify(value), stackOf(value)].join();
  for (const secret of [...SECRETS, "127.0.0.1", "login_token"]) expect(printed).not.toContain(secret);
}

function stackOf(value: unknown): string {
  return value instanceof Error ? `${value.stack} ${stackOf(value.cause)}` : "";
}
