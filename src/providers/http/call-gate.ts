import type { CircuitName } from "./circuit";
import type { Held, SendOutcome } from "./outcome";
import type { Quota } from "./provider-call";

/** Decides when the next request to one provider may be sent: circuit breaker, the provider's own quota, and limiter. */
export interface CallGate {
  /** `OPEN` until the probe begins, `HALF_OPEN` while it runs. */
  readonly circuit: CircuitName;
  /** Why the circuit breaker lets no request through now; `null` where it does. */
  readonly held: Held | null;
  /** How many calls of this process wait for the limiter. */
  readonly queued: number;
  /**
   * Runs `attempt` when its turn comes.
   *
   * @returns what came of it; or why it was not run.
   * @throws what `attempt` throws, which counts neither as an outage nor as a success.
   * @throws the reason of `signal`, if it aborts during the wait.
   * @throws {StoreError} the state that several processes share cannot be changed: `attempt` was not run.
   */
  run(attempt: () => Promise<SendOutcome>, signal?: AbortSignal): Promise<SendOutcome | Held>;
}

/** The limits of a gate. */
export interface GateOptions {
  readonly ratePerSecond: number;
  readonly burst: number;
  /** Limit of one attempt; a request that would wait longer for the limiter is held. */
  readonly timeoutMs: number;
  /** Milliseconds since the epoch; of the circuit breaker and the quota. */
  readonly now: () => number;
  /** Creates the provider's quota from the state of an earlier one; left out: the provider does not tell its limits. */
  readonly newQuota?: (state?: unknown) => Quota;
}
