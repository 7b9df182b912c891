import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type { FastifyRequest } from "fastify";
import { fullAccess } from "../../../src/domain/access";
import { ApiKeys } from "../../../src/server/access/api-keys";
import { Authenticator, type AuthenticatorOptions } from "../../../src/server/access/authenticator";
import { ACME_TENANT } from "../../support/tenants";

const MINUTE_MS = 60_000;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate"] });
});
afterEach(() => {
  jest.useRealTimers();
});

function authenticatorWith(options: Partial<AuthenticatorOptions> = {}): Authenticator {
  const log = { warn: () => undefined };
  const apiKeys = () => new ApiKeys([]);
  return new Authenticator({ openTo: null, apiKeys, tokens: null, log, onFailed: () => undefined, ...options });
}

/** The status of a failed attempt, with its Retry-After. */
async function failFrom(authenticator: Authenticator, ip: string): Promise<string> {
  const outcome = await authenticator.authenticate({
    headers: { "x-api-key": "wrong" },
    ip,
  });
  if (outcome.kind === "access") return "access";
  return [outcome.error.status, outcome.error.headers?.["retry-after"] ?? []].flat().join(" ");
}

describe("Authenticator", () => {
  it("rejects the failed attempts of an address with 429 after 20 in a minute, and those of no other", async () => {
    const authenticator = authenticatorWith();
    const statuses = [];
    for (let attempt = 0; attempt < 20; attempt += 1) statuses.push(await failFrom(authenticator, "192.0.2.1"));
    expect(statuses).toEqual(Array<string>(20).fill("401"));
    expect([await failFrom(authenticator, "192.0.2.1"), await failFrom(authenticator, "192.0.2.2")]).toEqual([
      "429 60",
      "401",
    ]);
    jest.advanceTimersByTime(MINUTE_MS - 1_500);
    expect(await failFrom(authenticator, "192.0.2.1")).toBe("429 2");
    jest.advanceTimersByTime(1_500);
    expect(await failFrom(authenticator, "192.0.2.1")).toBe("401");
  });

  it("tells of each failed attempt, by its address and why, without its credentials", async () => {
    const told: unknown[] = [];
    const authenticator = authenticatorWith({
      log: { warn: (...all: unknown[]) => void told.push(all) },
      onFailed: () => void told.push("counted"),
    });
    await failFrom(authenticator, "192.0.2.1");
    await authenticator.authenticate({ headers: {}, ip: "192.0.2.2" });
    const message = "a request without valid credentials was rejected";
    expect(told).toEqual([
      [{ address: "192.0.2.1", reason: "unknown key" }, message],
      "counted",
      [{ address: "192.0.2.2", reason: "no credentials" }, message],
      "counted",
    ]);
  });

  it("gives every request the whole access of the only tenant where no credentials are needed", () => {
    const access = fullAccess(ACME_TENANT);
    const request = { headers: { "x-api-key": "any" }, ip: "192.0.2.1" } as unknown as FastifyRequest;
    expect(authenticatorWith({ openTo: ACME_TENANT }).authenticate(request)).toEqual({ kind: "access", access });
  });
});
