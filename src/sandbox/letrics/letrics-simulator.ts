import type { Returned } from "../catalogue/returned";
import type { SimulatorDescriptor } from "../simulator/descriptor";
import { type Simulator, type SimulatorControl, startSimulator } from "../simulator/simulator";
import { type LetricsOptions, letricsRules } from "./letrics-options";
import { LetricsService } from "./letrics-service";

/** What a test can see of Letrics, and do to it. */
export interface LetricsControl extends SimulatorControl {
  /**
   * This many companies are created, with their contacts: a millisecond from now by the simulator's clock, so that an
   * `added_before` of now leaves them out, and without one they come first (or last, where the oldest do).
   */
  insert(count: number): void;
  /** Calls that were answered 200. */
  charged(): number;
  /** Companies in rows of their own or inside contacts', and contacts. */
  returned(): Returned;
}

/** Letrics on this machine. */
export type LetricsSimulator = Simulator<LetricsControl>;

/**
 * Starts a Letrics of its own: no two share what was inserted.
 *
 * @throws {Error} where it cannot listen.
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
