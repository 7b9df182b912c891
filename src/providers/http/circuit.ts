import { isOutage, type Held, type SendOutcome } from "./outcome";
import { abortable } from "./abortable";

/** The circuit opens after so many outages in a row. */
export const FAILURES_IN_A_ROW = 5;
/** An open circuit lets a probe through after this time. */
export const PROBE_AFTER_MS = 10_000;

/** Whether requests are let through. */
export type CircuitName = "CLOSED" | "OPEN" | "HALF_OPEN";

/**
 * The circuit breaker of one provider. It opens after five outages in a row. Ten seconds later one request is sent as a probe;
 * other requests wait for its result.
 */
export class Circuit {
  readonly #now: () => number;
  #outagesInARow = 0;
  /** When a probe may be sent; `null` while the circuit is closed. */
  #probeAt: number | null = null;
  /** Resolves when the running probe has ended; `null` where none runs. */
  #probe: Promise<void> | null = null;

  /** @param now milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** `OPEN` until the probe begins, `HALF_OPEN` while it runs. */
  get state(): CircuitName {
    if (this.#probe) return "HALF_OPEN";
    return this.#probeAt === null ? "CLOSED" : "OPEN";
  }

  /** Why no request may be sent now; `null` where one may. */
  get held(): Held | null {
    if (this.#probe || this.#probeAt === null || this.#now() >= this.#probeAt) return null;
    return { kind: "held", by: "circuit", until: new Date(this.#probeAt) };
  }

  /**
   * Runs `attempt` if the circuit allows it.
   *
   * @throws what `attempt` throws, which counts neither as an outage nor as a success.
   * @throws the reason of `signal`, if it aborts while this waits for a probe.
   */
  async run(attempt: () => Promise<SendOutcome>, signal?: AbortSignal): Promise<SendOutcome | Held> {
    while (this.#probe) await abortable(this.#probe, signal);
    const { held } = this;
    if (held) return held;
    if (this.#probeAt !== null) return this.#runProbe(attempt);
    const outcome = await attempt();
    if (this.state === "CLOSED") this.#count(outcome); // else another request opened it in the meantime
    return outcome;
  }

  /** An aborted probe has no result: the circuit stays open. */
  async #runProbe(attempt: () => Promise<SendOutcome>): Promise<SendOutcome> {
    let end = (): void => undefined;
    this.#probe = new Promise((resolve) => (end = resolve));
    try {
      const outcome = await attempt();
      this.#probeAt = isOutage(outcome) ? this.#now() + PROBE_AFTER_MS : null;
      return outcome;
    } catch (error) {
      this.#probeAt = this.#now() + PROBE_AFTER_MS;
      throw error;
    } finally {
      this.#outagesInARow = 0;
      this.#probe = null;
      end();
    }
  }

  #count(outcome: SendOutcome): void {
    this.#outagesInARow = isOutage(outcome) ? this.#outagesInARow + 1 : 0;
    if (this.#outagesInARow >= FAILURES_IN_A_ROW) this.#probeAt = this.#now() + PROBE_AFTER_MS;
  }
}
