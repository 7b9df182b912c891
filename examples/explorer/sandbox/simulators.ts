import type { Provider } from "../generated/graphql";
import { PROVIDER_NAMES } from "../providers/provider-names";

/** How a simulated provider fares. */
export interface Simulator {
  readonly provider: Provider;
  readonly slow: boolean;
  /** What it answers every call with; `null`: it works. */
  readonly status: number | null;
  /** Whether it has days that can be turned. */
  readonly hasDays: boolean;
}

/** What is done to a simulator: it fares so from its next call on, or its next day begins. */
export type Change =
  Pick<Simulator, "provider" | "slow" | "status"> | { readonly provider: Provider; readonly nextDay: true };

/** Only the sandbox has this, and only for its own machine. */
const ROUTE = "/sandbox";

/** `null` where the server has no simulators to spoil. */
export async function readSimulators(): Promise<readonly Simulator[] | null> {
  const response = await fetch(ROUTE);
  return response.ok ? simulatorsIn(await response.json()) : null;
}

/** @throws {Error} the server did not do it. */
export async function changeSimulator(change: Change): Promise<readonly Simulator[]> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(ROUTE, { method: "POST", headers, body: JSON.stringify(change) });
  if (!response.ok) throw new Error(`${ROUTE} answered ${String(response.status)}`);
  return simulatorsIn(await response.json());
}

function simulatorsIn(answer: unknown): readonly Simulator[] {
  const { simulators } = answer as { readonly simulators: readonly Simulator[] };
  return simulators.filter(({ provider }) => provider in PROVIDER_NAMES);
}
