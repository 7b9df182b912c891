import type { SurfeOptions } from "./surfe/options";
import { startSurfeSimulator, type SurfeSimulator } from "./surfe/surfe-simulator";

/** Options for each provider's simulator. */
export interface SandboxOptions {
  readonly surfe?: SurfeOptions;
}

/** The simulated providers, all of one catalogue of companies and people. */
export interface Sandbox {
  readonly surfe: SurfeSimulator;
  /** Ends them all at once, cutting whatever is open. */
  close(): Promise<void>;
}

/**
 * Starts every provider's simulator.
 *
 * @throws {Error} where one cannot listen.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const surfe = await startSurfeSimulator(options.surfe);
  return { surfe, close: () => surfe.close() };
}
