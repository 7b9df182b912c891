import type { CallGate, GateOptions } from "./call-gate";
import { Circuit, type CircuitName } from "./circuit";
import type { Held, SendOutcome } from "./outcome";
import type { Quota } from "./provider-call";
import { TokenQueue } from "./token-queue";

/** A gate with a state of this process alone. */
export class LocalGate implements CallGate {
  readonly #circuit: Circuit;
  readonly #tokens: TokenQueue;
  readonly #quota: Quota | undefined;

  constructor(private readonly options: GateOptions) {
    this.#circuit = new Circuit(options.now);
    this.#tokens = new TokenQueue(options.ratePerSecond, options.burst);
    this.#quota = options.newQuota?.();
  }

  get circuit(): CircuitName {
    return this.#circuit.state;
  }

  get held(): Held | null {
    return this.#circuit.held;
  }

  get queued(): number {
    return this.#tokens.length;
  }

  async run(attempt: () => Promise<SendOutcome>, signal?: AbortSignal): Promise<SendOutcome | Held> {
    const held = this.held ?? this.#heldByQuota();
    if (held) return held;
    const waitMs = await this.#tokens.take(this.options.timeoutMs, signal);
    if (waitMs > 0) return { kind: "held", by: "limiter", until: new Date(this.options.now() + waitMs) };
    // Answers that came during the wait may have used up the quota.
    const outcome = this.#heldByQuota() ?? (await this.#circuit.run(() => this.#count(attempt), signal));
    if (outcome.kind === "held") this.#tokens.giveBack();
    return outcome;
  }

  #heldByQuota(): Held | null {
    const until = this.#quota?.heldUntil(this.options.now());
    return until ? { kind: "held", by: "quota", until } : null;
  }

  async #count(attempt: () => Promise<SendOutcome>): Promise<SendOutcome> {
    const { now } = this.options;
    let headers: ReadonlyMap<string, string> | null = null;
    this.#quota?.begin(now());
    try {
      const outcome = await attempt();
      if (outcome.kind === "answered") headers = outcome.headers;
      return outcome;
    } finally {
      this.#quota?.end(headers, now());
    }
  }
}
