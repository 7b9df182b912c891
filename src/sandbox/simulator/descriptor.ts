import type { Simulator } from "./simulator";

/** Describes a simulator to the sandbox. */
export interface SimulatorDescriptor<Options, Started extends Simulator> {
  start(options: Options): Promise<Started>;
  /** Its options in the sandbox; options of `startSandbox` override them. */
  readonly inSandbox: Options;
}
