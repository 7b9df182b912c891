import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { PROVIDERS, type Provider } from "../../src/domain/provider";
import type { Fault } from "../../src/sandbox/simulator/faults";
import type { Simulator } from "../../src/sandbox/simulator/simulator";
import { startTestApp, type TestApp } from "../support/test-app";

const FIELDS = {
  SURFE: `recommendations(externalUserId: "u1", first: 3)`,
  LUSHA: `similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 3)`,
  LINKUP: "networkRecommendations(first: 3)",
  LETRICS: "companies(first: 3)",
} as const;

const NAMES = { SURFE: "Surfe", LUSHA: "Lusha", LINKUP: "LinkUp", LETRICS: "Letrics" } as const;

let app: TestApp;
let now: Date;

beforeEach(async () => {
  now = new Date("2026-11-20T12:00:00.000Z");
  app = await startTestApp({
    providers: PROVIDERS,
    surfe: { companies: 30 },
    lusha: { companies: 100 },
    linkup: { companies: 60 },
    letrics: { companies: 60 },
    now: () => now,
  });
  await app.send(`mutation { upsertICP(input: { externalUserId: "u1" }) { icp { id } } }`);
  app.surfe.control.clearCalls();
});
afterEach(() => app.stop());

function pass(ms: number): void {
  now = new Date(now.getTime() + ms);
}

function simulatorOf(provider: Provider): Simulator {
  return { SURFE: app.surfe, LUSHA: app.lusha, LINKUP: app.linkup, LETRICS: app.letrics }[provider];
}

async function ask(provider: Provider) {
  const { errors } = await app.send(`{ page: ${FIELDS[provider]} { nodes { id } } }`);
  return errors?.map(({ message, extensions: { code, retryAfter } }) => ({ message, code, retryAfter })) ?? [];
}

/** How many calls to a provider the ledger has. */
async function booked(provider: Provider): Promise<number> {
  const { data } = await app.send('{ spending(by: [PROVIDER], until: "2026-11-21T00:00:00Z") { provider calls } }');
  const { spending } = data as { readonly spending: readonly { readonly provider: string; readonly calls: number }[] };
  return spending.find((row) => row.provider === provider)?.calls ?? 0;
}

/** The state of each provider's breaker, in the order Surfe, Lusha, LinkUp, Letrics. */
async function circuits() {
  const { data } = await app.send("{ providers { circuit } }");
  return (data as { readonly providers: readonly { circuit: string }[] }).providers.map(({ circuit }) => circuit);
}

const OPEN = {
  SURFE: ["OPEN", "CLOSED", "CLOSED", "CLOSED"],
  LUSHA: ["CLOSED", "OPEN", "CLOSED", "CLOSED"],
  LINKUP: ["CLOSED", "CLOSED", "OPEN", "CLOSED"],
  LETRICS: ["CLOSED", "CLOSED", "CLOSED", "OPEN"],
} as const;

const HALF_OPEN = {
  SURFE: ["HALF_OPEN", "CLOSED", "CLOSED", "CLOSED"],
  LUSHA: ["CLOSED", "HALF_OPEN", "CLOSED", "CLOSED"],
  LINKUP: ["CLOSED", "CLOSED", "HALF_OPEN", "CLOSED"],
  LETRICS: ["CLOSED", "CLOSED", "CLOSED", "HALF_OPEN"],
} as const;

const ALL_CLOSED = ["CLOSED", "CLOSED", "CLOSED", "CLOSED"];
const FAILURE = { kind: "status", status: 500 } as const;
const REFUSAL = { kind: "status", status: 429 } as const;

/** Five in a row, 429 among them, each demand one failure: a repeat of what is safe to repeat would be another. */
const FIVE: readonly Fault[] = [REFUSAL, REFUSAL, REFUSAL, REFUSAL, REFUSAL];

describe.each(PROVIDERS)("the breaker of %s", (provider) => {
  it("opens on the fifth failure in a row, 429 included, and holds back without a call", async () => {
    const { control } = simulatorOf(provider);
    const before = await booked(provider);
    control.failNext(...FIVE);
    for (let i = 0; i < 4; i++) await ask(provider);
    expect(await circuits()).toEqual(ALL_CLOSED);
    await ask(provider);
    expect(await circuits()).toEqual(OPEN[provider]);
    expect([control.calls().length, (await booked(provider)) - before]).toEqual([5, 5]);

    pass(9_999);
    expect(await ask(provider)).toEqual([
      {
        message: `${NAMES[provider]} failed several times in a row and is not called for a while.`,
        code: "PROVIDER_UNAVAILABLE",
        retryAfter: "2026-11-20T12:00:10.000Z",
      },
    ]);
    expect([control.calls().length, (await booked(provider)) - before]).toEqual([5, 5]);
  });

  it("probes after ten seconds, shows it, and closes where the probe is answered", async () => {
    const { control } = simulatorOf(provider);
    control.failNext(...FIVE);
    for (let i = 0; i < 5; i++) await ask(provider);
    control.clearCalls();
    pass(10_000);
    let answer = (): void => undefined;
    control.failNext({ kind: "hold", until: new Promise<void>((resolve) => (answer = resolve)) });
    const probe = ask(provider);
    await control.whenCalled(1);
    expect(await circuits()).toEqual(HALF_OPEN[provider]);
    answer();
    expect(await probe).toEqual([]);
    expect(await circuits()).toEqual(ALL_CLOSED);
    expect(control.calls()).toHaveLength(1);
  });

  it("opens again for ten seconds where the probe fails", async () => {
    const { control } = simulatorOf(provider);
    control.failNext(...FIVE, FAILURE);
    for (let i = 0; i < 5; i++) await ask(provider);
    control.clearCalls();
    pass(10_000);
    expect(await ask(provider)).toMatchObject([
      { code: "PROVIDER_UNAVAILABLE", retryAfter: "2026-11-20T12:00:20.000Z" },
    ]);
    expect(await circuits()).toEqual(OPEN[provider]);
    pass(9_999);
    await ask(provider);
    expect(control.calls()).toHaveLength(1);
    pass(1);
    expect(await ask(provider)).toEqual([]);
    expect(await circuits()).toEqual(ALL_CLOSED);
  });

  it("takes no notice of refusals, and begins to count anew after a success", async () => {
    const { control } = simulatorOf(provider);
    control.failNext(...FIVE.slice(0, 4));
    for (let i = 0; i < 4; i++) await ask(provider);
    control.failNext({ kind: "status", status: 401 });
    await ask(provider);
    expect(await ask(provider)).toEqual([]);
    expect(await circuits()).toEqual(ALL_CLOSED);
    expect(control.calls()).toHaveLength(6);
  });
});
