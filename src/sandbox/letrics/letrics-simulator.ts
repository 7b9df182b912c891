import type { Returned } from "../catalogue/returned";
import type { SimulatorDescriptor } from "../simulator/descriptor";
import { type Simulator, type SimulatorControl, startSimulator } from "../simulator/simulator";
import { type LetricsOptions, letricsRules } from "./letrics-options";
import { LetricsService } from "./letrics-service";

/** The controls of the simulator, for tests. */
export interface LetricsControl extends SimulatorControl {
  /**
   * Creates this many companies with their contacts, a millisecond from now by the simulator's clock: a search with an
   * `added_before` of now does not find them; without one they come first (or last, where the oldest come first).
   */
  insert(count: number): void;
  /** Number of calls that were answered 200. */
  charged(): number;
  /** Companies in rows of their own or inside contacts, and contacts. */
  returned(): Returned;
}

/** A running simulator of Letrics. */
export type LetricsSimulator = Simulator<LetricsControl>;

/**
 * Starts a simulator of Letrics. Simulators share no data.
 *
 * @throws {Error} it cannot listen.
 */
export async function startLetricsSimulator(options: LetricsOptions = {}): Promise<LetricsSimulator> {
  const rules = letricsRules(options);
  const letrics = new LetricsService(rules);
  const simulator = await startSimulator(letrics, { ...options, rateLimit: rules.rateLimit });
  return {
    ...simulator,
    control: {
      ...simulator.control,
      insert: (count) => letrics.listing.insert(count),
      charged: () => letrics.charged(),
      returned: () => letrics.given.returned(),
    },
  };
}

/** Letrics in the sandbox. */
export const letricsSimulator: SimulatorDescriptor<LetricsOptions, LetricsSimulator> = {
  start: startLetricsSimulator,
  inSandbox: { order: "relevance" },
};
