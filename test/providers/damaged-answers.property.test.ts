import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ProviderError } from "../../src/domain/errors";
import { PROVIDERS, type Provider } from "../../src/domain/provider";
import type { Extension, FeedHead, Json } from "../../src/feeds/feed/feed-model";
import type { FeedSource } from "../../src/feeds/feed/feed-source.port";
import type { SharedServices } from "../../src/providers/descriptor/provider-descriptor";
import { startLetricsSimulator } from "../../src/sandbox/letrics/letrics-simulator";
import { startLinkUpSimulator } from "../../src/sandbox/linkup/linkup-simulator";
import { startLushaSimulator } from "../../src/sandbox/lusha/lusha-simulator";
import type { Sandbox } from "../../src/sandbox/sandbox";
import type { Answer } from "../../src/sandbox/simulator/deliver";
import type { Simulator } from "../../src/sandbox/simulator/simulator";
import { startSurfeSimulator } from "../../src/sandbox/surfe/surfe-simulator";
import { readConfiguration } from "../../src/wiring/configuration";
import { connectProviders, type Providers } from "../../src/wiring/providers";
import { damaged, DAMAGES, type Damage } from "../support/damage";
import { HEAD } from "../support/fake-feed";
import { ANYBODY } from "../support/surfe-stack";

const ROWS = 8;
const RUNS = 60;
const SHARED: SharedServices = {
  profiles: { isSent: () => Promise.resolve(true), markSent: () => Promise.resolve() },
  accountSecret: Buffer.alloc(32, 1),
  lookalikesBy: () => ({ lookalikeFeed: () => Promise.resolve({ kind: "unknown" }) }),
};
const PROFILE = { id: "11111111-2222-4333-8444-555555555555", externalUserId: "u1", criteria: ANYBODY };
const NO_FILTER = {
  addedAfter: null,
  addedBefore: null,
  locations: [],
  functions: [],
  industries: [],
  tlds: [],
  technologies: [],
};

/** Where the rows are in each provider's answer. */
const ROWS_AT: Readonly<Record<Provider, readonly string[]>> = {
  SURFE: ["companies"],
  LUSHA: ["companies"],
  LINKUP: ["data", "recommendations"],
  LETRICS: ["data"],
};

let simulators: Readonly<Record<Provider, Simulator>>;
let providers: Providers;

beforeAll(async () => {
  const [surfe, lusha, linkup, letrics] = await Promise.all([
    startSurfeSimulator({ rateLimit: null, companies: 40 }),
    startLushaSimulator({ rateWindows: {}, companies: 200 }),
    startLinkUpSimulator({ callsPerMinute: null, companies: 60 }),
    startLetricsSimulator({ companies: 60 }),
  ]);
  const close = async (): Promise<void> => {
    await Promise.all([surfe, lusha, linkup, letrics].map((one) => one.close()));
  };
  const sandbox: Sandbox = { surfe, lusha, linkup, letrics, close };
  simulators = { SURFE: surfe, LUSHA: lusha, LINKUP: linkup, LETRICS: letrics };
  const free = PROVIDERS.flatMap((name) => [
    [`${name}_RATE_PER_SECOND`, "10000"],
    [`${name}_BURST`, "10000"],
  ]);
  const config = readConfiguration(Object.fromEntries(free) as Record<string, string>);
  providers = connectProviders(config.providers, { shared: SHARED, sandbox, now: () => new Date(), backoffMs: 1 });
  await providers.profiles.keeper.saveProfile?.("u1", ANYBODY, new AbortController().signal);
});

afterAll(async () => {
  providers.close();
  await Promise.all(Object.values(simulators).map((one) => one.close()));
});

interface List {
  readonly source: FeedSource;
  readonly query: string;
  readonly state: Json;
}

/** A list of each provider, at its beginning. */
function listOf(provider: Provider): List {
  const { profiles, lookalikes, network, searches } = providers;
  switch (provider) {
    case "SURFE":
      return { source: profiles.list.source, query: profiles.keeper.queryOf(PROFILE), state: null };
    case "LUSHA": {
      const seed = { providerId: "6504", companyProviderId: "6504", domain: null, linkedinUrl: null };
      return {
        source: lookalikes.source,
        query: "lookalikes",
        state: lookalikes.initialState("companies", [seed], []),
      };
    }
    case "LINKUP": {
      const account = network.accountOf(null);
      return { source: account.source, query: account.query("FR"), state: null };
    }
    case "LETRICS":
      return {
        source: searches.source,
        query: searches.queryOf({ kind: "companies", filter: NO_FILTER }),
        state: null,
      };
    default:
      return provider satisfies never;
  }
}

/** The first rows of a list, where the provider's answer is what `alter` makes of it. */
async function extended(provider: Provider, alter: (body: unknown) => unknown): Promise<Extension | ProviderError> {
  const { source, query, state } = listOf(provider);
  const feed: FeedHead = { ...HEAD, provider, query, state };
  const altered = (answer: Answer): Answer => ({ ...answer, body: alter(answer.body) });
  simulators[provider].control.failAlways({ kind: "altered", alter: altered });
  try {
    return await source.extend(feed, ROWS, new AbortController().signal);
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}

/** The body with other rows. */
function withRows(
  body: unknown,
  at: readonly string[],
  change: (rows: readonly unknown[]) => readonly unknown[],
): unknown {
  const [name, ...rest] = at;
  if (name === undefined) return change(body as readonly unknown[]);
  return { ...(body as object), [name]: withRows(Reflect.get(body as object, name), rest, change) };
}

const damage: fc.Arbitrary<Damage> = fc.record({
  way: fc.array(fc.nat(30), { maxLength: 5 }),
  kind: fc.constantFrom(...DAMAGES),
});

function creditsOf({ charge }: Extension): number {
  return charge.kind === "credits" ? charge.credits : charge.units.length;
}

function subjectsOf({ items }: Extension): readonly string[] {
  return items.map(({ subject }) => subject);
}

describe.each(PROVIDERS)("the client of %s", (provider) => {
  it("loses no good row beside damaged ones, and books what the answer cost", async () => {
    const whole = await extended(provider, (body) => body);
    if (whole instanceof ProviderError) throw whole;
    const rows = whole.items.length;
    expect(rows).toBeGreaterThanOrEqual(5);
    const spoilt = fc.dictionary(fc.constantFrom(...Array.from({ length: rows }, (_, i) => String(i))), damage, {
      minKeys: 1,
      maxKeys: 4,
    });
    await fc.assert(
      fc.asyncProperty(spoilt, async (damages) => {
        const alter = (body: unknown): unknown =>
          withRows(body, ROWS_AT[provider], (all) =>
            all.map((row, i) => (damages[String(i)] ? damaged(row, damages[String(i)] as Damage) : row)),
          );
        const answer = await extended(provider, alter);
        if (answer instanceof ProviderError) throw answer;
        const good = subjectsOf(whole).filter((_, i) => !(String(i) in damages));
        expect(subjectsOf(answer).filter((subject) => good.includes(subject))).toEqual(good);
        expect(creditsOf(answer)).toBe(creditsOf(whole));
      }),
      { numRuns: RUNS },
    );
  });

  it("fails as a provider does, whatever is damaged in its answer", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
        const answer = await extended(provider, (body) => damages.reduce<unknown>(damaged, body));
        if (!(answer instanceof ProviderError)) expect(creditsOf(answer)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: RUNS },
    );
  });
});
