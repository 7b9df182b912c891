import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Conditions, SLOW_MS, type ConditionsOptions } from "../../src/sandbox/conditions";
import type { Fault } from "../../src/sandbox/simulator/faults";
import { startSurfe, type TestSurfe } from "./support/start-surfe";

const NONE: ConditionsOptions = { latencyMs: 0, statuses: new Map() };

/** The lasting faults that each simulator was told of, in order. */
let told: Record<string, (Fault | null)[]>;
let days: number;

beforeEach(() => {
  told = { SURFE: [], LUSHA: [] };
  days = 0;
});

function conditions(options: Partial<ConditionsOptions> = {}): Conditions {
  const failAlways = (name: string) => (fault: Fault | null) => void told[name]?.push(fault);
  return new Conditions(
    {
      SURFE: { control: { failAlways: failAlways("SURFE"), turnDay: () => void (days += 1) } },
      LUSHA: { control: { failAlways: failAlways("LUSHA") } },
    },
    { ...NONE, ...options },
  );
}

describe("Conditions", () => {
  it("leaves simulators as they are unless told", () => {
    expect(conditions().states()).toEqual([
      { provider: "SURFE", slow: false, status: null, hasDays: true },
      { provider: "LUSHA", slow: false, status: null, hasDays: false },
    ]);
    expect(told).toEqual({ SURFE: [], LUSHA: [] });
  });

  it("begins with the latency and the statuses that it is given", () => {
    const { 1: lusha } = conditions({ latencyMs: 40, statuses: new Map([["LUSHA", 402]]) }).states();
    expect(lusha).toEqual({ provider: "LUSHA", slow: false, status: 402, hasDays: false });
    expect(told).toEqual({
      SURFE: [{ kind: "delay", ms: 40 }],
      LUSHA: [{ kind: "status", status: 402, afterMs: 40 }],
    });
  });

  it("changes one simulator, and knows no other", () => {
    const changed = conditions({ latencyMs: 40 });
    expect(changed.set("LUSHA", { slow: true, status: null })).toBe(true);
    expect(changed.set("LUSHA", { slow: true, status: 503 })).toBe(true);
    expect(changed.states()[1]).toEqual({ provider: "LUSHA", slow: true, status: 503, hasDays: false });
    expect(changed.set("LUSHA", { slow: false, status: null })).toBe(true);
    expect(changed.set("ACME", { slow: true, status: null })).toBe(false);
    expect(told).toEqual({
      SURFE: [{ kind: "delay", ms: 40 }],
      LUSHA: [
        { kind: "delay", ms: 40 },
        { kind: "delay", ms: 40 + SLOW_MS },
        { kind: "status", status: 503, afterMs: 40 + SLOW_MS },
        { kind: "delay", ms: 40 },
      ],
    });
  });

  it("turns the days of a simulator that has them", () => {
    const turned = conditions();
    expect([turned.turnDay("SURFE"), turned.turnDay("LUSHA"), turned.turnDay("ACME")]).toEqual([true, false, false]);
    expect(days).toBe(1);
  });
});

describe("a simulator whose condition is changed", () => {
  let surfe: TestSurfe;
  afterEach(() => surfe.close());

  it("does no work while it fails, and goes on where it was afterwards", async () => {
    surfe = await startSurfe();
    await surfe.saveIcp({});
    const changed = new Conditions({ SURFE: surfe }, { latencyMs: 1, statuses: new Map() });
    changed.set("SURFE", { slow: false, status: 402 });
    expect(await surfe.fetchRows({ pagination: { from: 0, to: 1 } })).toEqual({
      status: 402,
      body: { code: 402, message: "a fault was injected" },
    });
    expect(surfe.control.charged()).toBe(0);
    changed.set("SURFE", { slow: false, status: null });
    expect(await surfe.domains(0, 1)).toEqual(["surfe.com"]);
    changed.turnDay("SURFE");
    expect(await surfe.domains(0, 1)).toEqual(["lanternpeople.com"]);
  });
});
