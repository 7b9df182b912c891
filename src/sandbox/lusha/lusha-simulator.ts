import type { Returned } from "../catalogue/returned";
import type { SimulatorDescriptor } from "../simulator/descriptor";
import { type Simulator, type SimulatorControl, startSimulator } from "../simulator/simulator";
import { type LushaOptions, lushaRules } from "./lusha-options";
import { LushaService } from "./lusha-service";

/** What a test can see of Lusha, and do to it. */
export interface LushaControl extends SimulatorControl {
  /** No `requestId` or `dedupeSessionId` given so far can be continued from now on. */
  expireSessions(): void;
  /** Credits, those of all keys and both interfaces added up. */
  charged(): number;
  /** What recommendations gave. A contact's company is not given by it, only named. */
  returned(): Returned;
  /** What lookalikes gave. */
  returnedAsLookalikes(): Returned;
}

/** Lusha on this machine. */
export type LushaSimulator = Simulator<LushaControl>;

/**
 * Starts a Lusha of its own: no two share sets, sessions, windows or credits.
 *
 * @throws {Error} where it cannot listen.
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
