import type { Returned } from "../catalogue/returned";
import type { SimulatorDescriptor } from "../simulator/descriptor";
import { type Simulator, type SimulatorControl, startSimulator } from "../simulator/simulator";
import { type LushaOptions, lushaRules } from "./lusha-options";
import { LushaService } from "./lusha-service";

/** The controls of the simulator, for tests. */
export interface LushaControl extends SimulatorControl {
  /** Makes all ids of sets and sessions so far expire. */
  expireSessions(): void;
  /** Credits of all keys and both interfaces together. */
  charged(): number;
  /** What recommendations returned. A contact's company does not count: it is only named. */
  returned(): Returned;
  /** What lookalikes returned. */
  returnedAsLookalikes(): Returned;
}

/** A running simulator of Lusha. */
export type LushaSimulator = Simulator<LushaControl>;

/**
 * Starts a simulator of Lusha. Simulators share no data.
 *
 * @throws {Error} it cannot listen.
 */
export async function startLushaSimulator(options: LushaOptions = {}): Promise<LushaSimulator> {
  const lusha = new LushaService(lushaRules(options));
  // Its windows are its own affair: their headers come with every answer.
  const simulator = await startSimulator(lusha, { ...options, rateLimit: null });
  return {
    ...simulator,
    control: {
      ...simulator.control,
      expireSessions: () => lusha.expireSessions(),
      charged: () => lusha.charged(),
      returned: () => lusha.given.returned(),
      returnedAsLookalikes: () => lusha.givenAsLookalikes.returned(),
    },
  };
}

/** Lusha in the sandbox. */
export const lushaSimulator: SimulatorDescriptor<LushaOptions, LushaSimulator> = {
  start: startLushaSimulator,
  inSandbox: {},
};
