import type { SurfeOptions } from "../../../src/sandbox/surfe/surfe-options";
import { startSurfeSimulator } from "../../../src/sandbox/surfe/surfe-simulator";
import { surfeClient } from "./surfe-client";

/** 20 May 2024, 10:00 UTC: when the documented example was generated. */
export const EXAMPLE_TIME = Date.UTC(2024, 4, 20, 10);

/** A Surfe that knows the catalogue's first 12 companies, limits no rate, and has its clock stand still. */
export async function startSurfe(options: SurfeOptions = {}) {
  const simulator = await startSurfeSimulator({ companies: 12, rateLimit: null, now: () => EXAMPLE_TIME, ...options });
  return { ...simulator, ...surfeClient(simulator.url) };
}

export type TestSurfe = Awaited<ReturnType<typeof startSurfe>>;
