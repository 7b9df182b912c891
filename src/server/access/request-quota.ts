import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { TenantId } from "../../domain/tenant-id";
import type { HttpError } from "../http-error";

const WINDOW_S = 60;

/** Limits the requests of each tenant in a minute, within this process. */
export class RequestQuota {
  readonly #limiters = new Map<TenantId, RateLimiterMemory>();

  /** The error of a request that is one too many; `null` where it may go on. */
  async take(tenant: TenantId, perMinute: number): Promise<HttpError | null> {
    try {
      await this.#limiterOf(tenant, perMinute).consume(tenant);
      return null;
    } catch (exceeded) {
      return tooMany(`This tenant may send ${String(perMinute)} requests in a minute.`, retryAfterS(exceeded));
    }
  }

  #limiterOf(tenant: TenantId, points: number): RateLimiterMemory {
    const known = this.#limiters.get(tenant);
    if (known?.points === points) return known;
    const limiter = new RateLimiterMemory({ points, duration: WINDOW_S });
    this.#limiters.set(tenant, limiter);
    return limiter;
  }
}

/** The error with status 429. */
export function tooMany(message: string, seconds: number): HttpError {
  const wait = `Try again in ${String(seconds)} s. Nothing was executed.`;
  return {
    status: 429,
    code: "RATE_LIMITED",
    message: `${message} ${wait}`,
    headers: { "retry-after": String(seconds) },
  };
}

/** Whole seconds until the next request may come. @throws what is no result of a limiter. */
export function retryAfterS(exceeded: unknown): number {
  if (!(exceeded instanceof RateLimiterRes)) throw exceeded;
  return Math.max(1, Math.ceil(exceeded.msBeforeNext / 1_000));
}
