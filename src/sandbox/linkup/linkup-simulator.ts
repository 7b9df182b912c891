import type { Returned } from "../catalogue/returned";
import type { SimulatorDescriptor } from "../simulator/descriptor";
import { type Simulator, type SimulatorControl, startSimulator } from "../simulator/simulator";
import { type LinkUpOptions, linkUpRules } from "./linkup-options";
import { LinkUpService } from "./linkup-service";

/** What a test can see of LinkUp, and do to it. */
export interface LinkUpControl extends SimulatorControl {
  /**
   * LinkedIn ranks anew: from now on two or three blocks of four among a list's first 20 rows come the other way round, one
   * row is missed and one comes twice; the list is as long as before. The next time it is others, and the missed one is back.
   */
  rerank(): void;
  /** This LinkedIn session is over: its calls are answered 403. */
  expireToken(loginToken: string): void;
  /** Credits, those of all keys added up. */
  charged(): number;
  /** LinkUp gives people only. */
  returned(): Returned;
}

/** LinkUp on this machine. */
export type LinkUpSimulator = Simulator<LinkUpControl>;

/**
 * Starts a LinkUp of its own: no two share sessions, rankings or credits.
 *
 * @throws {Error} where it cannot listen.
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
