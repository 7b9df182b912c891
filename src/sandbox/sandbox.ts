import { letricsSimulator } from "./letrics/letrics-simulator";
import { linkUpSimulator } from "./linkup/linkup-simulator";
import { lushaSimulator } from "./lusha/lusha-simulator";
import type { SimulatorDescriptor } from "./simulator/descriptor";
import type { Simulator } from "./simulator/simulator";
import { surfeSimulator } from "./surfe/surfe-simulator";

/** The simulators of all providers. A new provider is one line here. */
export const SIMULATORS = {
  surfe: surfeSimulator,
  lusha: lushaSimulator,
  linkup: linkUpSimulator,
  letrics: letricsSimulator,
} as const;

export type SimulatorName = keyof typeof SIMULATORS;

type OptionsOf<Name extends SimulatorName> = (typeof SIMULATORS)[Name]["inSandbox"];
type StartedOf<Name extends SimulatorName> = Awaited<ReturnType<(typeof SIMULATORS)[Name]["start"]>>;

/** Options for each provider's simulator. */
export type SandboxOptions = { readonly [Name in SimulatorName]?: OptionsOf<Name> };

/** Every provider's simulator, running. */
export type Simulators = { readonly [Name in SimulatorName]: StartedOf<Name> };

/** The running simulators. They share one catalogue of companies and people, of which each knows a part. */
export type Sandbox = Simulators & {
  /** Closes all simulators at once, with their open connections. */
  close(): Promise<void>;
};

/**
 * Starts the simulators of all providers.
 *
 * @throws {Error} one cannot listen; the others are closed then.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const started: Record<string, Simulator> = {};
  const close = async (): Promise<void> => {
    await Promise.all(Object.values(started).map((simulator) => simulator.close()));
  };
  try {
    for (const [name, simulator] of Object.entries<SimulatorDescriptor<object, Simulator>>(SIMULATORS)) {
      started[name] = await simulator.start({ ...simulator.inSandbox, ...options[name as SimulatorName] });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { ...(started as Simulators), close };
}
