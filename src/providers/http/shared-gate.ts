import { randomUUID } from "node:crypto";
import type { CallGate, GateOptions } from "./call-gate";
import type { CircuitName } from "./circuit";
import {
  circuitOf,
  enter,
  heldByCircuit,
  leave,
  parseGateState,
  withToken,
  type Changed,
  type GateState,
  type Turn,
} from "./gate-state";
import type { Held, SendOutcome } from "./outcome";
import { pause } from "./retry-rule";
import type { SharedState } from "./shared-state";

/** Who waits for the probe of another process asks again after this time. */
const POLL_MS = 250;

/**
 * A gate that several processes share: together they keep to the rate, open after five outages in a row, and send one probe.
 * Each request changes the shared state twice: before it is sent, and after its answer. If the state cannot be changed before,
 * nothing is sent; if it cannot be changed after, the answer counts all the same, and is noted with the next request.
 */
export class SharedGate implements CallGate {
  /** The state as this process saw it last. */
  #seen: GateState;
  /** Results of requests that could not be noted yet. */
  readonly #unnoted: ((state: GateState) => GateState)[] = [];

  #queued = 0;

  constructor(
    private readonly shared: SharedState,
    private readonly options: GateOptions,
  ) {
    this.#seen = parseGateState(null, options);
  }

  get circuit(): CircuitName {
    return circuitOf(this.#seen, this.options.now());
  }

  get held(): Held | null {
    return heldByCircuit(this.#seen, this.options.now());
  }

  get queued(): number {
    return this.#queued;
  }

  async run(attempt: () => Promise<SendOutcome>, signal?: AbortSignal): Promise<SendOutcome | Held> {
    const id = randomUUID();
    const held = await this.#enter(id, signal);
    if (held) return held;
    let outcome: SendOutcome | null = null;
    try {
      outcome = await attempt();
      return outcome;
    } finally {
      const result = outcome;
      await this.#note((state) => leave(state, id, result, this.options));
    }
  }

  /** Waits until the request may be sent. @returns why it may not; `null` where it may. */
  async #enter(id: string, signal: AbortSignal | undefined): Promise<Held | null> {
    let hasToken = false;
    for (;;) {
      const turn = await this.#turn(id, hasToken);
      if (turn.kind === "go") return null;
      if (turn.kind === "held") return turn;
      hasToken ||= turn.kind === "wait";
      try {
        await this.#wait(turn, signal);
      } catch (error) {
        if (hasToken) await this.#note((state) => withToken(state, this.options));
        throw error;
      }
    }
  }

  async #wait(turn: Extract<Turn, { kind: "wait" | "probed" }>, signal: AbortSignal | undefined): Promise<void> {
    if (turn.kind === "probed") return pause(POLL_MS, signal);
    this.#queued += 1;
    await pause(turn.ms, signal).finally(() => (this.#queued -= 1));
  }

  #turn(id: string, hasToken: boolean): Promise<Turn> {
    return this.#change((state) => enter(state, { id, hasToken }, this.options));
  }

  /** Never rejects. */
  async #note(result: (state: GateState) => GateState): Promise<void> {
    this.#unnoted.push(result);
    await this.#change((state) => ({ state, result: null })).catch(() => undefined); // the next request notes it
  }

  async #change<T>(change: (state: GateState) => Changed<T>): Promise<T> {
    const noted = this.#unnoted.splice(0);
    try {
      const { state, result } = await this.shared.change((stored) => {
        const changed = change(noted.reduce((before, note) => note(before), parseGateState(stored, this.options)));
        return { state: changed.state, result: changed };
      });
      this.#seen = state;
      return result;
    } catch (error) {
      this.#unnoted.unshift(...noted);
      throw error;
    }
  }
}
