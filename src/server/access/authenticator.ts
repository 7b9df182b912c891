import type { FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { fullAccess, type Access } from "../../domain/access";
import type { TenantId } from "../../domain/tenant-id";
import type { HttpError } from "../http-error";
import type { ApiKeys } from "./api-keys";
import { credentialsIn } from "./credentials";
import { retryAfterS, tooMany } from "./request-quota";
import type { Tokens, TokenOutcome } from "./tokens";

/** The result: who sends the request, or the error that is sent. */
export type Authenticated =
  { readonly kind: "access"; readonly access: Access } | { readonly kind: "refused"; readonly error: HttpError };

export interface AuthenticatorOptions {
  /** The tenant of all requests while `AUTH` is `none`; `null`: requests need credentials. */
  readonly openTo: TenantId | null;
  /** `null`: keys are not accepted. Asked for each request, since the tenants file can change. */
  readonly apiKeys: () => ApiKeys | null;
  /** `null`: tokens are not accepted. */
  readonly tokens: Tokens | null;
  readonly log: Pick<Logger, "warn">;
  /** Counts a failed attempt. */
  readonly onFailed: () => void;
}

/** Failed attempts of one address in a minute, after which its further ones are rejected with 429. */
const MAX_FAILED = 20;
const WINDOW_S = 60;

const UNAUTHENTICATED: HttpError = {
  status: 401,
  code: "UNAUTHENTICATED",
  message: "This needs valid credentials: send a key or a token as Authorization: Bearer, or a key as x-api-key.",
  headers: { "www-authenticate": "Bearer" },
};

const NO_TENANT: HttpError = {
  status: 403,
  code: "FORBIDDEN",
  message: "The token is valid, but its tenant is missing or unknown.",
};

/** Finds out who sends a request, before its body is read. */
export class Authenticator {
  readonly #failed = new RateLimiterMemory({ points: MAX_FAILED, duration: WINDOW_S });

  constructor(private readonly options: AuthenticatorOptions) {}

  /** At once for keys, and for tokens that were verified before. */
  authenticate(request: Pick<FastifyRequest, "headers" | "ip">): Authenticated | Promise<Authenticated> {
    const { openTo, apiKeys, tokens } = this.options;
    if (openTo !== null) return { kind: "access", access: fullAccess(openTo) };
    const credentials = credentialsIn(request);
    if (!credentials) return this.#fail(request, "no credentials");
    const access = apiKeys()?.accessOf(credentials.text);
    if (access) return { kind: "access", access };
    if (credentials.kind === "key" || !tokens) return this.#fail(request, "unknown key");
    const outcome = tokens.check(credentials.text);
    return outcome instanceof Promise
      ? outcome.then((later) => this.#settle(request, later))
      : this.#settle(request, outcome);
  }

  #settle(request: Pick<FastifyRequest, "ip">, outcome: TokenOutcome): Authenticated | Promise<Authenticated> {
    switch (outcome.kind) {
      case "access":
        return outcome;
      case "invalid":
        return this.#fail(request, `token: ${outcome.reason}`);
      case "no-tenant":
        this.#report(request, "token: no tenant"); // nobody guesses here: the token is valid
        return { kind: "refused", error: NO_TENANT };
      default:
        return outcome satisfies never;
    }
  }

  /** Logs and counts the attempt, without its credentials. */
  #report({ ip: address }: Pick<FastifyRequest, "ip">, reason: string): void {
    this.options.log.warn({ address, reason }, "a request without valid credentials was rejected");
    this.options.onFailed();
  }

  async #fail(request: Pick<FastifyRequest, "ip">, reason: string): Promise<Authenticated> {
    this.#report(request, reason);
    try {
      await this.#failed.consume(request.ip);
      return { kind: "refused", error: UNAUTHENTICATED };
    } catch (exceeded) {
      return { kind: "refused", error: tooMany("Too many failed attempts from this address.", retryAfterS(exceeded)) };
    }
  }
}
