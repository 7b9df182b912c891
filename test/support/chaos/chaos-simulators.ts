import { startLetricsSimulator } from "../../../src/sandbox/letrics/letrics-simulator";
import { startLinkUpSimulator } from "../../../src/sandbox/linkup/linkup-simulator";
import { startLushaSimulator } from "../../../src/sandbox/lusha/lusha-simulator";
import type { SimulatorCall } from "../../../src/sandbox/simulator/call-log";
import type { Fault } from "../../../src/sandbox/simulator/faults";
import { startSurfeSimulator } from "../../../src/sandbox/surfe/surfe-simulator";
import type { ChargingSimulator } from "../crash/crash-case";
import { CHAOS_TENANTS, LOGIN_TOKENS } from "./chaos-lists";

export const CHAOS_PROVIDERS = ["SURFE", "LUSHA", "LINKUP", "LETRICS"] as const;

type Named = Readonly<Record<(typeof CHAOS_PROVIDERS)[number], ChargingSimulator>>;

/** Every kind of fault. */
export const FAULTS: readonly Fault[] = [
  { kind: "status", status: 500 },
  { kind: "status", status: 503 },
  { kind: "status", status: 429, headers: { "retry-after": "1" } },
  { kind: "delay", ms: 300 },
  { kind: "hang" },
  { kind: "reset", when: "before" },
  { kind: "reset", when: "after" },
  { kind: "malformed" },
  { kind: "shape", body: { nothing: true } },
  { kind: "truncated" },
  { kind: "slow-body", ms: 300 },
];

/** The simulators that all processes call, with a key for each tenant. */
export interface ChaosSimulators {
  readonly byProvider: Named;
  close(): Promise<void>;
}

export async function startChaosSimulators(): Promise<ChaosSimulators> {
  const apiKey = CHAOS_TENANTS.map(providerKeyOf);
  const [SURFE, LUSHA, LINKUP, LETRICS] = await Promise.all([
    startSurfeSimulator({ apiKey, rateLimit: null }),
    startLushaSimulator({ apiKey, rateWindows: {} }),
    startLinkUpSimulator({ apiKey, callsPerMinute: null, loginTokens: LOGIN_TOKENS }),
    startLetricsSimulator({ apiKey }),
  ]);
  const all = [SURFE, LUSHA, LINKUP, LETRICS];
  return {
    byProvider: { SURFE, LUSHA, LINKUP, LETRICS },
    close: async () => {
      await Promise.all(all.map((simulator) => simulator.close()));
    },
  };
}

/** How many calls the simulators got, and how many different questions they answered: at least so many calls had to be made. */
export function callsOf({ byProvider }: ChaosSimulators): { readonly made: number; readonly least: number } {
  const calls = Object.values(byProvider).map(({ control }) => control.calls());
  const questions = calls.map((all) => new Set(all.filter(({ status }) => status === 200).map(questionOf)).size);
  return { made: sum(calls.map(({ length }) => length)), least: sum(questions) };
}

/** What a call asked, and with which key. */
function questionOf({ method, path, query, headers, body }: SimulatorCall): string {
  const { authorization, api_key, "x-api-key": key } = headers;
  return JSON.stringify([method, path, query, body, authorization ?? api_key ?? key]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

export function providerKeyOf(tenant: string): string {
  return `${tenant}-at-the-provider`;
}
