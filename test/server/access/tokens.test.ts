import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type { TenantId } from "../../../src/domain/tenant-id";
import { Tokens } from "../../../src/server/access/tokens";
import { ACME_TENANT } from "../../support/tenants";
import { startTokenIssuer, type TokenIssuer } from "../../support/token-issuer";

const START = new Date("2026-11-20T08:00:00Z");

let issuer: TokenIssuer;

beforeEach(async () => {
  // jose reads the clock itself
  jest.useFakeTimers({ now: START, doNotFake: ["nextTick", "queueMicrotask", "setImmediate", "setTimeout"] });
  issuer = await startTokenIssuer("EdDSA");
});
afterEach(async () => {
  jest.useRealTimers();
  await issuer.stop();
});

function tokensOf(isTenant = (id: string): id is TenantId => id === ACME_TENANT): Tokens {
  const { JWT_JWKS_URL: jwksUrl = "", JWT_ISSUER = "", JWT_AUDIENCE = "" } = issuer.env;
  const rules = { jwksUrl, issuer: JWT_ISSUER, audience: JWT_AUDIENCE, tenantClaim: "tenant" };
  return new Tokens({
    rules: { ...rules, defaultScopes: new Set(["read"]) },
    isTenant,
    onlyTenant: null,
    now: () => new Date(),
  });
}

async function kindsOf(tokens: Tokens, texts: readonly string[]): Promise<readonly string[]> {
  const kinds = [];
  for (const text of texts) {
    const outcome = await tokens.check(text);
    kinds.push(outcome.kind === "invalid" ? outcome.reason : outcome.kind);
  }
  return kinds;
}

const passS = (seconds: number) => jest.setSystemTime(Date.now() + seconds * 1_000);

describe("Tokens", () => {
  it("asks an issuer that is down for unknown keys once in 30 s, and knows them as soon as it is up", async () => {
    const tokens = tokensOf();
    expect(await kindsOf(tokens, [await issuer.sign({ tenant: "acme" })])).toEqual(["access"]);
    passS(31);
    issuer.setReachable(false);
    await issuer.rotate();
    const unknown = await issuer.sign({ tenant: "acme" });
    const before = issuer.fetches();
    await kindsOf(tokens, [unknown, unknown, unknown]);
    expect(issuer.fetches() - before).toBe(1);

    issuer.setReachable(true);
    expect(await kindsOf(tokens, [unknown])).toEqual(["JWKS_UNREACHABLE"]);
    passS(31);
    expect(await kindsOf(tokens, [unknown])).toEqual(["access"]);
    expect(issuer.fetches() - before).toBe(2);
  });

  it("asks an issuer that answers for unknown keys once in 30 s", async () => {
    const tokens = tokensOf();
    await kindsOf(tokens, [await issuer.sign({ tenant: "acme" })]);
    const forged = await issuer.sign({ tenant: "acme" }, { kid: "made up" });
    await kindsOf(tokens, [forged, forged]);
    expect(issuer.fetches()).toBe(1);
    passS(31);
    expect(await kindsOf(tokens, [forged, forged])).toEqual(["ERR_JWKS_NO_MATCHING_KEY", "ERR_JWKS_NO_MATCHING_KEY"]);
    expect(issuer.fetches()).toBe(2);
  });

  it.each([
    ["RS256", "access"],
    ["PS256", "access"],
    ["ES256", "access"],
    ["EdDSA", "access"],
    ["Ed25519", "access"],
    ["RS512", "ERR_JOSE_ALG_NOT_ALLOWED"],
    ["ES384", "ERR_JOSE_ALG_NOT_ALLOWED"],
  ])("is asked for a token signed with %s: %s", async (alg, kind) => {
    await issuer.stop();
    issuer = await startTokenIssuer(alg);
    expect(await kindsOf(tokensOf(), [await issuer.sign({ tenant: "acme" })])).toEqual([kind]);
  });

  it("asks again after a second while it knows no keys", async () => {
    const tokens = tokensOf();
    const token = await issuer.sign({ tenant: "acme" });
    issuer.setReachable(false);
    await kindsOf(tokens, [token, token]);
    issuer.setReachable(true);
    await kindsOf(tokens, [token]);
    expect(issuer.fetches()).toBe(1);
    passS(1);
    expect(await kindsOf(tokens, [token])).toEqual(["access"]);
  });

  it.each([
    ["a tenant that is a name of Object", { tenant: "__proto__" }, "no-tenant"],
    ["a tenant that is a list", { tenant: ["acme"] }, "no-tenant"],
    ["an empty subject", { sub: "" }, "SUBJECT_INVALID"],
    ["a subject that is an object", { sub: { toString: "x" } as unknown as string }, "SUBJECT_INVALID"],
    ["a subject longer than a name of a profile", { sub: "x".repeat(1_000) }, "SUBJECT_INVALID"],
    ["a subject with half of a character", { sub: "\ud83d" }, "SUBJECT_INVALID"],
  ])("does not take %s", async (_, claims, kind) => {
    expect(await kindsOf(tokensOf(), [await issuer.sign({ tenant: "acme", ...claims })])).toEqual([kind]);
  });

  it.each([
    [{ scope: "read write" }, ["read", "write"]],
    [{ scope: "read", scp: "write" }, ["read"]],
    [{ scope: "" }, []],
    [{ scope: "READ admin *" }, []],
    [{ scp: ["users", 7, null, ["read"]] }, ["users"]],
    [{ scope: 7 }, []],
    [{ scope: { read: true } }, []],
    [{}, ["read"]],
  ])("reads the scopes of %j", async (claims, scopes) => {
    const outcome = await tokensOf().check(await issuer.sign({ tenant: "acme", sub: "jane", ...claims }));
    expect(outcome).toEqual({
      kind: "access",
      access: { tenant: "acme", user: "jane", scopes: new Set(scopes), keyName: null },
    });
  });

  it("remembers a verified token, and no other", async () => {
    const tokens = tokensOf();
    const [few, altered] = [await issuer.sign({ tenant: "acme" }), "not a token"];
    expect(await kindsOf(tokens, [few, altered, "", "a.b.c"])).toEqual([
      "access",
      "ERR_JWS_INVALID",
      "ERR_JWS_INVALID",
      "ERR_JWS_INVALID",
    ]);
    expect(tokens.check(few)).not.toBeInstanceOf(Promise);
  });

  it("takes tokens up to 5 s after their end, remembered or not, and up to 5 s before their beginning", async () => {
    const [remembering, fresh] = [tokensOf(), tokensOf()];
    const [ending, beginning] = [
      await issuer.sign({ tenant: "acme", exp: START.getTime() / 1_000 + 60 }),
      await issuer.sign({ tenant: "acme", nbf: START.getTime() / 1_000 + 66 }),
    ];
    expect(await kindsOf(remembering, [ending, beginning])).toEqual(["access", "ERR_JWT_CLAIM_VALIDATION_FAILED"]);
    passS(60.999);
    expect(await kindsOf(remembering, [ending, beginning])).toEqual(["access", "ERR_JWT_CLAIM_VALIDATION_FAILED"]);
    passS(0.001);
    expect(await kindsOf(remembering, [ending, beginning])).toEqual(["access", "access"]);
    passS(3.999);
    expect(remembering.check(ending)).not.toBeInstanceOf(Promise);
    expect([...(await kindsOf(remembering, [ending])), ...(await kindsOf(tokensOf(), [ending]))]).toEqual([
      "access",
      "access",
    ]);
    passS(0.001);
    expect([...(await kindsOf(remembering, [ending])), ...(await kindsOf(fresh, [ending]))]).toEqual([
      "ERR_JWT_EXPIRED",
      "ERR_JWT_EXPIRED",
    ]);
  });

  it("asks for the tenant of a remembered token each time: the file can drop it and take it back", async () => {
    let isThere = true;
    const tokens = tokensOf((id): id is TenantId => isThere && id === ACME_TENANT);
    const token = await issuer.sign({ tenant: "acme" });
    const kinds = [await kindsOf(tokens, [token])];
    isThere = false;
    kinds.push(await kindsOf(tokens, [token]));
    isThere = true;
    kinds.push(await kindsOf(tokens, [token]));
    expect(kinds.flat()).toEqual(["access", "no-tenant", "access"]);
  });
});
