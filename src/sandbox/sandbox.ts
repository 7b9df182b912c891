import { type LetricsSimulator, startLetricsSimulator } from "./letrics/letrics-simulator";
import type { LetricsOptions } from "./letrics/options";
import { type LinkUpSimulator, startLinkUpSimulator } from "./linkup/linkup-simulator";
import type { LinkUpOptions } from "./linkup/options";
import { type LushaSimulator, startLushaSimulator } from "./lusha/lusha-simulator";
import type { LushaOptions } from "./lusha/options";
import type { SurfeOptions } from "./surfe/options";
import { startSurfeSimulator, type SurfeSimulator } from "./surfe/surfe-simulator";

/** Options for each provider's simulator. */
export interface SandboxOptions {
  readonly surfe?: SurfeOptions;
  readonly lusha?: LushaOptions;
  readonly linkup?: LinkUpOptions;
  readonly letrics?: LetricsOptions;
}

/** The simulated providers, all of one catalogue of companies and people, of which each knows its own part. */
export interface Sandbox {
  readonly surfe: SurfeSimulator;
  readonly lusha: LushaSimulator;
  readonly linkup: LinkUpSimulator;
  readonly letrics: LetricsSimulator;
  /** Ends them all at once, cutting whatever is open. */
  close(): Promise<void>;
}

/** How many of the catalogue's companies Surfe knows here: not all of it, so that every provider has some to itself. */
const SURFE_COMPANIES = 5400;

/**
 * Starts every provider's simulator.
 *
 * @throws {Error} where one cannot listen; none is left running then.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const started: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.map((simulator) => simulator.close()));
  };
  const kept = async <S extends { close(): Promise<void> }>(starting: Promise<S>): Promise<S> => {
    const simulator = await starting;
    started.push(simulator);
    return simulator;
  };
  try {
    const surfe = await kept(startSurfeSimulator({ companies: SURFE_COMPANIES, ...options.surfe }));
    const lusha = await kept(startLushaSimulator(options.lusha));
    const linkup = await kept(startLinkUpSimulator(options.linkup));
    const letrics = await kept(startLetricsSimulator({ order: "relevance", ...options.letrics }));
    return { surfe, lusha, linkup, letrics, close };
  } catch (error) {
    await close();
    throw error;
  }
}
