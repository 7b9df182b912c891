import { setTimeout as wait } from "node:timers/promises";
import type { ProviderError } from "../../domain/errors";
import { longestAttemptMs } from "./gate-state";
import type { Outcome } from "./outcome";
import type { ProviderHttpOptions } from "./provider-call";

const MOST_REPEATS = 2;

/** The longest pause before a repeat, where the provider names no time. */
const LONGEST_BACKOFF_MS = 1_000;

/**
 * The longest time that a request takes with its repeats. Each attempt may wait for the limiter (at most the timeout) and for another
 * request's probe.
 */
export function longestRequestMs(timeoutMs: number): number {
  const attemptMs = timeoutMs + longestAttemptMs({ timeoutMs }) + timeoutMs;
  return (MOST_REPEATS + 1) * attemptMs + MOST_REPEATS * Math.max(timeoutMs, LONGEST_BACKOFF_MS);
}

/** Decides whether and when one request is repeated. One object for each request. */
export class RetryRule {
  readonly #options: Pick<ProviderHttpOptions, "repeats" | "timeoutMs">;
  readonly #now: () => number;
  readonly #backoffMs: number;
  #repeats = 0;

  constructor(options: Pick<ProviderHttpOptions, "repeats" | "timeoutMs" | "backoffMs">, now: () => number) {
    this.#options = options;
    this.#now = now;
    this.#backoffMs = options.backoffMs ?? 200;
  }

  /** Milliseconds until the next attempt; `null` where there is none. Counts the retry. */
  next(outcome: Outcome, error: ProviderError): number | null {
    if (this.#repeats === MOST_REPEATS) return null;
    const pauseMs = this.#pauseMs(outcome, error);
    if (pauseMs !== null) this.#repeats++;
    return pauseMs;
  }

  #pauseMs(outcome: Outcome, error: ProviderError): number | null {
    const safe = this.#options.repeats === "safe";
    switch (outcome.kind) {
      case "lost":
        if (outcome.how === "certificate") return null;
        return safe || !outcome.sent ? this.#nextBackoffMs() : null;
      case "answered":
        if (!safe) return null;
        if (error.code !== "PROVIDER_RATE_LIMITED" && error.code !== "PROVIDER_UNAVAILABLE") return null;
        if (error.retryAfter) return this.#turnMs(error.retryAfter);
        return error.code === "PROVIDER_UNAVAILABLE" ? this.#nextBackoffMs() : null;
      case "unreadable":
      case "held":
        return null;
      default:
        return outcome satisfies never;
    }
  }

  /** The wait until `retryAfter`; `null` where it is longer than the timeout. */
  #turnMs(retryAfter: Date): number | null {
    const turnMs = retryAfter.getTime() - this.#now();
    return turnMs < this.#options.timeoutMs ? Math.max(turnMs, 0) : null;
  }

  #nextBackoffMs(): number {
    const longest = this.#backoffMs * 2 ** this.#repeats;
    return (longest / 2) * (1 + Math.random());
  }
}

/**
 * Waits. @throws the reason of `signal`, as soon as it aborts.
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
}
