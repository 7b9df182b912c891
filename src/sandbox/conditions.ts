import type { Fault } from "./simulator/faults";
import type { SimulatorControl } from "./simulator/simulator";

/** The condition of a simulator. */
export interface Condition {
  /** Whether each answer takes {@link SLOW_MS} longer. */
  readonly slow: boolean;
  /** The status of every answer, without any work; `null`: it works. */
  readonly status: number | null;
}

/** A simulator's condition, by its provider's name. */
export interface SimulatorState extends Condition {
  readonly provider: string;
  /** Whether it has daily lists, whose next day can be started. */
  readonly hasDays: boolean;
}

/** The part of a simulator that conditions need. */
export interface Simulated {
  readonly control: Pick<SimulatorControl, "failAlways"> & { readonly turnDay?: () => void };
}

/** The conditions of the simulators at the start. */
export interface ConditionsOptions {
  /** Minimum time of each answer. */
  readonly latencyMs: number;
  /** By the names of providers; a simulator that is left out works. */
  readonly statuses: ReadonlyMap<string, number>;
}

/** Additional time of each answer of a slow simulator. */
export const SLOW_MS = 3000;

const WORKING: Condition = { slow: false, status: null };

/** The simulators' conditions, which can be changed while they run. */
export class Conditions {
  readonly #conditions = new Map<string, Condition>();

  /** @param simulators by the names of their providers; `states` lists them in this order. */
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

  /** Sets the condition of a simulator, from its next call on. `false`: there is no such simulator. */
  set(provider: string, condition: Condition): boolean {
    const simulator = this.simulators[provider];
    if (!simulator) return false;
    this.#conditions.set(provider, condition);
    simulator.control.failAlways(this.#faultOf(condition));
    return true;
  }

  /** Starts the next day of a simulator. `false`: there is no such simulator, or it has no daily lists. */
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
