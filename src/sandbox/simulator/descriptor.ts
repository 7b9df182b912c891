import type { Simulator } from "./simulator";

/** A provider's simulator, as the sandbox starts it. */
export interface SimulatorDescriptor<Options, Started extends Simulator> {
  start(options: Options): Promise<Started>;
  /** What it is told where the sandbox starts it; the sandbox's own options come on top. */
  readonly inSandbox: Options;
}
