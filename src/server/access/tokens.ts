import { hash } from "node:crypto";
import { createRemoteJWKSet, customFetch, errors, jwtVerify, type FetchImplementation, type JWTPayload } from "jose";
import { SCOPES, type Access, type Scope } from "../../domain/access";
import { MAX_EXTERNAL_USER_ID } from "../../domain/profile-check";
import { SharedCache } from "../../domain/shared-cache";
import { NO_TENANT, type TenantId } from "../../domain/tenant-id";

/** Which tokens are accepted. */
export interface TokenRules {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** The claim that names the tenant. */
  readonly tenantClaim: string;
  /** The scopes of a token that names none. */
  readonly defaultScopes: ReadonlySet<Scope>;
}

/** What came of a token: who sends it, or why it is rejected. */
export type TokenOutcome =
  | { readonly kind: "access"; readonly access: Access }
  /** Not valid: 401. `reason` is for the log, without text of the token. */
  | { readonly kind: "invalid"; readonly reason: string }
  /** Valid, but its tenant is missing or unknown: 403. */
  | { readonly kind: "no-tenant" };

export interface TokensOptions {
  readonly rules: TokenRules;
  readonly isTenant: (id: string) => id is TenantId;
  /** The tenant of tokens while there is no tenants file; `null`: the claim names it. */
  readonly onlyTenant: TenantId | null;
  readonly now: () => Date;
}

const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"];
const CLOCK_TOLERANCE_S = 5;
/** Shortest time between two requests for the keys, in milliseconds. */
const COOLDOWN_MS = 30_000;
/** The same while no keys are known yet. */
const FIRST_COOLDOWN_MS = 1_000;
const KEYS_TIMEOUT_MS = 5_000;
const MAX_VERIFIED = 10_000;

/** A verified token: its claims, the tenant that they name, and when it expires (seconds since 1970 UTC). */
interface Verified {
  readonly claims: JWTPayload;
  /** `NO_TENANT` where there is none. */
  readonly tenant: TenantId;
  readonly expiresAt: number;
}

/**
 * Verifies tokens (JWT). A verified token is remembered by its hash, until it expires, which each use checks: nothing else makes it wrong,
 * since no list of withdrawn tokens is read.
 */
export class Tokens {
  readonly #verified = new Map<string, Verified>();
  /** By tenant, the hashes of the remembered tokens. */
  readonly #remembered = new SharedCache<string>({
    max: MAX_VERIFIED,
    onDropped: (id) => this.#verified.delete(id),
  });
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;

  constructor(private readonly options: TokensOptions) {
    this.#keys = createRemoteJWKSet(new URL(options.rules.jwksUrl), {
      cacheMaxAge: Number.POSITIVE_INFINITY, // only an unknown key id has them fetched again, so known keys outlive an outage
      cooldownDuration: COOLDOWN_MS,
      timeoutDuration: KEYS_TIMEOUT_MS,
      [customFetch]: fetchSeldom(options.now),
    });
  }

  /** At once where the token was verified before. */
  check(token: string): TokenOutcome | Promise<TokenOutcome> {
    const id = hash("sha256", token);
    const known = this.#verified.get(id);
    if (known) {
      if (this.#remembered.get(known.tenant, id) !== undefined && known.expiresAt + CLOCK_TOLERANCE_S > this.#nowS())
        return this.#outcome(known.claims);
      this.#remembered.delete(known.tenant, id);
    }
    return this.#verify(token, id);
  }

  async #verify(token: string, id: string): Promise<TokenOutcome> {
    const { issuer, audience } = this.options.rules;
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: this.options.now(),
        requiredClaims: ["exp"],
      });
      const outcome = this.#outcome(payload);
      if (outcome.kind !== "invalid") {
        const tenant = outcome.kind === "access" ? outcome.access.tenant : NO_TENANT;
        this.#verified.set(id, { claims: payload, tenant, expiresAt: payload.exp ?? 0 });
        this.#remembered.set(tenant, id, id);
      }
      return outcome;
    } catch (error) {
      return { kind: "invalid", reason: error instanceof errors.JOSEError ? error.code : "JWKS_UNREACHABLE" };
    }
  }

  #outcome(claims: JWTPayload): TokenOutcome {
    const user = claims.sub ?? null;
    if (user !== null && !isUser(user)) return { kind: "invalid", reason: "SUBJECT_INVALID" };
    const tenant = this.options.onlyTenant ?? claims[this.options.rules.tenantClaim];
    if (typeof tenant !== "string" || !this.options.isTenant(tenant)) return { kind: "no-tenant" };
    const scopes = scopesIn(claims) ?? this.options.rules.defaultScopes;
    return { kind: "access", access: { tenant, user, scopes, keyName: null } };
  }

  #nowS(): number {
    return this.options.now().getTime() / 1_000;
  }
}

/**
 * `fetch`, which after a failure rejects for a while without a request: jose waits only after a success, and would ask an issuer
 * that is down for every token of an unknown key.
 */
function fetchSeldom(now: () => Date): FetchImplementation {
  let isKnown = false;
  let waitsUntil = 0;
  return async (url, options) => {
    const at = now().getTime();
    if (at < waitsUntil) throw new Error("the keys could not be fetched a moment ago");
    waitsUntil = at + (isKnown ? COOLDOWN_MS : FIRST_COOLDOWN_MS);
    const response = await fetch(url, options);
    if (response.ok) [isKnown, waitsUntil] = [true, 0];
    return response;
  };
}

/** Whether a subject can name a profile. */
function isUser(subject: unknown): subject is string {
  return (
    typeof subject === "string" &&
    subject !== "" &&
    subject.length <= MAX_EXTERNAL_USER_ID &&
    !/[\0\p{Surrogate}]/u.test(subject)
  );
}

/** `null` where a token names none; unknown ones are ignored. */
function scopesIn({ scope, scp }: JWTPayload): ReadonlySet<Scope> | null {
  const named = scope ?? scp;
  if (named === undefined) return null;
  const names: readonly unknown[] = typeof named === "string" ? named.split(" ") : Array.isArray(named) ? named : [];
  return new Set(SCOPES.filter((one) => names.includes(one)));
}
