import type { Returned } from "../catalogue/returned";
import type { SimulatorDescriptor } from "../simulator/descriptor";
import { type Simulator, type SimulatorControl, startSimulator } from "../simulator/simulator";
import { type LinkUpOptions, linkUpRules } from "./linkup-options";
import { LinkUpService } from "./linkup-service";

/** The controls of the simulator, for tests. */
export interface LinkUpControl extends SimulatorControl {
  /**
   * Changes the ranking: two or three blocks of four rows among the first 20 are reversed, one row is missing and one occurs
   * twice; the list keeps its length. Another call changes other rows, and brings back the missing one.
   */
  rerank(): void;
  /** Ends this LinkedIn session: its calls are answered 403. */
  expireToken(loginToken: string): void;
  /** Credits of all keys together. */
  charged(): number;
  /** The people that were returned. */
  returned(): Returned;
}

/** A running simulator of LinkUp. */
export type LinkUpSimulator = Simulator<LinkUpControl>;

/**
 * Starts a simulator of LinkUp. Simulators share no data.
 *
 * @throws {Error} it cannot listen.
 */
export async function startLinkUpSimulator(options: LinkUpOptions = {}): Promise<LinkUpSimulator> {
  const linkUp = new LinkUpService(linkUpRules(options));
  // Its limit is its own affair: a call past it is charged too.
  const simulator = await startSimulator(linkUp, { ...options, rateLimit: null });
  return {
    ...simulator,
    control: {
      ...simulator.control,
      rerank: () => linkUp.networks.rerank(),
      expireToken: (loginToken) => linkUp.expireToken(loginToken),
      charged: () => linkUp.charged(),
      returned: () => linkUp.given.returned(),
    },
  };
}

/** LinkUp in the sandbox. */
export const linkUpSimulator: SimulatorDescriptor<LinkUpOptions, LinkUpSimulator> = {
  start: startLinkUpSimulator,
  inSandbox: {},
};
