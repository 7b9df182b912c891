import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  isBrokenCircuitError,
  type CircuitBreakerPolicy,
  type IBackoff,
} from "cockatiel";
import { isOutage, type Held, type SendOutcome } from "./outcome";

const FAILURES_IN_A_ROW = 5;
const PROBE_AFTER_MS = 10_000;

export type CircuitName = "CLOSED" | "OPEN" | "HALF_OPEN";

/** Opens after five outages in a row; ten seconds later one request may try, and the others wait for what it finds. */
export class Circuit {
  readonly #now: () => number;
  readonly #policy: CircuitBreakerPolicy;
  #probeAt = 0;

  constructor(now: () => number) {
    this.#now = now;
    // A probe that was called off tells nothing: the circuit opens again rather than close.
    const counted = handleWhen((error) => error instanceof Outage || this.state === "HALF_OPEN");
    this.#policy = circuitBreaker(counted, {
      breaker: new ConsecutiveBreaker(FAILURES_IN_A_ROW),
      halfOpenAfter: { next: () => this.#untilProbe() },
    });
  }

  /** `OPEN` until the probe begins, `HALF_OPEN` while it runs. */
  get state(): CircuitName {
    switch (this.#policy.state) {
      case CircuitState.Closed:
        return "CLOSED";
      case CircuitState.HalfOpen:
        return "HALF_OPEN";
      default:
        return "OPEN";
    }
  }

  /** Why nothing may be sent now; `null` where something may. */
  get held(): Held | null {
    return this.state === "OPEN" && this.#now() < this.#probeAt ? this.#heldUntilProbe() : null;
  }

  /**
   * Runs `attempt` where the circuit lets it.
   *
   * @throws what `attempt` throws: neither an outage nor a success, so a closed circuit takes no notice of it.
   */
  async run(attempt: () => Promise<SendOutcome>): Promise<SendOutcome | Held> {
    try {
      return await this.#policy.execute(async () => {
        const outcome = await attempt();
        if (isOutage(outcome)) throw new Outage(outcome);
        return outcome;
      });
    } catch (error) {
      if (error instanceof Outage) return error.outcome;
      if (isBrokenCircuitError(error)) return this.#heldUntilProbe();
      throw error;
    }
  }

  #heldUntilProbe(): Held {
    return { kind: "held", by: "circuit", until: new Date(this.#probeAt) };
  }

  /** Called when the circuit opens. Cockatiel goes by `Date.now()`; a duration of all or nothing has it go by ours. */
  #untilProbe(): IBackoff<unknown> {
    this.#probeAt = this.#now() + PROBE_AFTER_MS;
    const due = (): boolean => this.#now() >= this.#probeAt;
    return {
      get duration() {
        return due() ? -Infinity : Infinity;
      },
      next: () => this.#untilProbe(),
    };
  }
}

/** Takes an outcome past cockatiel as the failure that it is. */
class Outage extends Error {
  constructor(readonly outcome: SendOutcome) {
    super();
  }
}
