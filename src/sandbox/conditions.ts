import type { Fault } from "./simulator/faults";
import type { SimulatorControl } from "./simulator/simulator";

/** How a simulator fares. */
export interface Condition {
  /** Whether it takes {@link SLOW_MS} longer than it would. */
  readonly slow: boolean;
  /** What it answers every call with, doing no work; `null`: it works. */
  readonly status: number | null;
}

/** A simulator's condition, by its provider's name. */
export interface SimulatorState extends Condition {
  readonly provider: string;
  /** Whether it has days that can be turned. */
  readonly hasDays: boolean;
}

/** What is done to one simulator. */
export interface Simulated {
  readonly control: Pick<SimulatorControl, "failAlways"> & { readonly turnDay?: () => void };
}

/** How simulators fare from their start on. */
export interface ConditionsOptions {
  /** How long each answer takes at least. */
  readonly latencyMs: number;
  /** By the names of providers; one that is left out works. */
  readonly statuses: ReadonlyMap<string, number>;
}

/** How much longer a slow simulator takes. */
export const SLOW_MS = 3000;

const WORKING: Condition = { slow: false, status: null };

/** The simulators' conditions, which can be changed while they run. */
export class Conditions {
  readonly #conditions = new Map<string, Condition>();

  /** @param simulators by the names of their providers, in the order in which they are told of. */
  constructor(
    private readonly simulators: Readonly<Record<string, Simulated>>,
    private readonly options: ConditionsOptions,
  ) {
    for (const [provider, { control }] of Object.entries(simulators)) {
      const condition = { ...WORKING, status: options.statuses.get(provider) ?? null };
      this.#conditions.set(provider, condition);
      const fault = this.#faultOf(condition);
      if (fault) control.failAlways(fault);
    }
  }

  states(): readonly SimulatorState[] {
    return Object.entries(this.simulators).map(([provider, { control }]) => ({
      provider,
      ...(this.#conditions.get(provider) ?? WORKING),
      hasDays: control.turnDay !== undefined,
    }));
  }

  /** From its next call on the simulator fares so. `false`: there is no such simulator. */
  set(provider: string, condition: Condition): boolean {
    const simulator = this.simulators[provider];
    if (!simulator) return false;
    this.#conditions.set(provider, condition);
    simulator.control.failAlways(this.#faultOf(condition));
    return true;
  }

  /** The provider's next day begins now. `false`: there is no such simulator, or it has no days. */
  turnDay(provider: string): boolean {
    const turnDay = this.simulators[provider]?.control.turnDay;
    turnDay?.();
    return turnDay !== undefined;
  }

  #faultOf({ slow, status }: Condition): Fault | null {
    const ms = this.options.latencyMs + (slow ? SLOW_MS : 0);
    if (status !== null) return { kind: "status", status, afterMs: ms };
    return ms > 0 ? { kind: "delay", ms } : null;
  }
}
