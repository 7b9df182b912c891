import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { entityKey } from "../../src/domain/entity-key";
import type { ProfileCriteria } from "../../src/domain/profile";
import { PROFILE_PROVIDERS, PROVIDER_NAMES as EXPLORER_NAMES } from "../../examples/explorer/providers/provider-names";
import { PROVIDER_NAMES, PROVIDERS, slugOf, type Provider } from "../../src/domain/provider";
import type { ProviderRecord } from "../../src/domain/record";
import { hasValue } from "../../src/domain/record";
import type { TenantId } from "../../src/domain/tenant-id";
import type { FeedSource } from "../../src/feeds/feed/feed-source.port";
import type { FeedHead, Json } from "../../src/feeds/feed/feed-model";
import { MAX_EXAMPLES } from "../../src/feeds/profiles/profile-input";
import type { ProfileList } from "../../src/feeds/recommendations/profile-list.port";
import type { LookalikeFeed, LookalikeProvider } from "../../src/feeds/searches/lookalikes";
import type { SharedServices } from "../../src/providers/descriptor/provider-descriptor";
import { companyIdOf, personIdOf } from "../../src/sandbox/lusha/ids";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox";
import { readConfiguration } from "../../src/wiring/configuration";
import { DESCRIPTORS, SECRET_HEADERS } from "../../src/wiring/provider-list";
import { connectProviders, type Providers } from "../../src/wiring/providers";
import { HEAD } from "../support/fake-feed";
import { ANYBODY } from "../support/surfe-stack";
import { ACME_TENANT } from "../support/tenants";

const PROFILE = {
  id: "11111111-2222-4333-8444-555555555555",
  externalUserId: "u1",
  createdAt: new Date(),
  updatedAt: new Date(),
};
/** Five of the simulated Lusha's own, as many as either of its interfaces needs: a company, or somebody who works there. */
const SEEDS = [0, 1, 2, 3, 4].map((index) => ({
  company: String(companyIdOf(index)),
  person: String(personIdOf(index)),
}));
const CRITERIA: ProfileCriteria = {
  ...ANYBODY,
  companies: { ...ANYBODY.companies, primaryLocations: ["FR"] },
  exampleCompanies: [entityKey("Company", "lusha", "6504")],
  examplePeople: [{ key: entityKey("Person", "lusha", "1"), companyKey: entityKey("Company", "lusha", "6504") }],
};

/** Stands for what is recorded: nothing was sent yet, and every example is known. */
const SHARED: SharedServices = {
  profiles: { isSent: () => Promise.resolve(false), markSent: () => Promise.resolve() },
  accountSecret: Buffer.alloc(32, 1),
  lookalikesBy: (provider) => ({
    lookalikeFeed: (kind, tenant) => Promise.resolve(lookalikesOf(provider, kind, tenant)),
  }),
};

function lookalikesOf(provider: LookalikeProvider, kind: "companies" | "people", tenant: TenantId): LookalikeFeed {
  const seeds = SEEDS.map(({ company, person }) => ({
    providerId: kind === "companies" ? company : person,
    companyProviderId: company,
    domain: null,
    linkedinUrl: null,
  }));
  const name = { tenant, connection: "similar:1", provider: provider.source.provider, query: kind };
  return { kind: "feed", name, aliases: [], initialState: provider.initialState(kind, seeds, []) };
}

function connect(env: Readonly<Record<string, string>>, sandbox: Sandbox | null = null): Providers {
  const { providers } = readConfiguration(env);
  return connectProviders(providers, { shared: SHARED, sandbox, now: () => new Date() });
}

describe("the list of providers", () => {
  it.each(PROVIDERS)("has %s under its own name, with variables and ids of that name", (name) => {
    const { provider, settings, creditUnit } = DESCRIPTORS[name];
    expect(provider).toBe(name);
    expect(creditUnit).toMatch(/./);
    for (const { variable } of Object.values(settings)) expect(variable).toMatch(new RegExp(`^${name}_[A-Z_]+$`));
    expect(slugOf(name)).toMatch(/^[a-z]+$/); // what an entity key takes
  });
});

describe("the explorer", () => {
  it("has the same names of providers, and the same providers with recommendations for a profile", () => {
    expect(EXPLORER_NAMES).toEqual(PROVIDER_NAMES);
    const recommending = new Set(connect({}).lists.map(({ provider }) => provider));
    expect(PROFILE_PROVIDERS).toEqual(PROVIDERS.filter((provider) => recommending.has(provider)));
  });
});

describe("SECRET_HEADERS", () => {
  it("are the headers with keys that providers get, and those with tokens that callers send", () => {
    expect([...SECRET_HEADERS].sort()).toEqual([
      "api_key",
      "authorization",
      "cookie",
      "x-api-key",
      "x-linkup-login-token",
    ]);
  });
});

describe("connectProviders", () => {
  it("gives every provider that has lists its turns, in the order of the providers", () => {
    const { lists } = connect({});
    expect(lists.map(({ kind }) => kind)).toEqual(["SURFE", "LUSHA companies", "LUSHA people", "LETRICS companies"]);
    for (const { kind, provider, source } of lists)
      expect([kind.split(" ")[0], source.provider]).toEqual([provider, provider]);
  });

  it("takes as many seeds as a profile may have examples", () => {
    expect(connect({}).lookalikes.maxSeeds).toBe(MAX_EXAMPLES);
  });

  it("weighs a profile's page for routers as one call of each list", () => {
    const schema = readFileSync(join(__dirname, "../../schema.graphql"), "utf8");
    const weights = new Set([...schema.matchAll(/@cost\(weight: "?(\d+)"?\)/g)].map(([, weight]) => Number(weight)));
    expect(Math.max(...weights)).toBe(connect({}).lists.length * 10);
  });

  it("asks no provider that has no key, and tells so", async () => {
    const providers = connect({ LETRICS_BASE_URL: "https://letrics.test", SURFE_CREDIT_BUDGET: "5" });
    expect(providers.statuses()).toEqual(
      PROVIDERS.map((provider) => ({
        provider,
        configured: false,
        sandbox: false,
        creditUnit: DESCRIPTORS[provider].creditUnit,
        creditBudget: provider === "SURFE" ? 5 : null,
        circuit: "CLOSED",
        lastErrorCode: null,
        queued: 0,
      })),
    );
    expect(providers.profiles.keeper.saveProfile).toBeNull();
    const { profilePage, saveProfile, profileOptions, search, network, similar } = providers.prices;
    expect(
      [profilePage, saveProfile, profileOptions, search, network, similar].map((price) => price(100, new Map())),
    ).toEqual([0, 0, 0, 0, 0, 0]);
    const refused = providers.lists.map(({ source }) => source.unavailable?.code);
    expect(new Set(refused)).toEqual(new Set(["PROVIDER_NOT_CONFIGURED"]));
    await expect(
      providers.network.accountOf("token").source.extend(HEAD, 1, new AbortController().signal),
    ).rejects.toThrow("LinkUp is not configured here");
  });

  it("prices a profile's page by the lists of the providers that are named", () => {
    const env = {
      SURFE_API_KEY: "k",
      LUSHA_API_KEY: "k",
      LETRICS_API_KEY: "k",
      LETRICS_BASE_URL: "https://letrics.test",
    };
    const { profilePage } = connect(env).prices;
    expect(profilePage(50, new Map())).toBe(1 + 2 + 2 + 1);
    expect(profilePage(50, new Map([["providers", ["LUSHA", "LINKUP"]]]))).toBe(4);
  });

  it("shares no limiter, breaker or status between two tenants' providers", async () => {
    const env = { SURFE_API_KEY: "k", SURFE_BASE_URL: "http://127.0.0.1:9" };
    const [one, other] = [connect(env), connect(env)];
    await expect(one.profiles.keeper.saveProfile?.(null, CRITERIA, new AbortController().signal)).rejects.toThrow();
    expect(one.statuses()[0]?.lastErrorCode).toBe("PROVIDER_UNAVAILABLE");
    expect(other.statuses()[0]?.lastErrorCode).toBeNull();
  });
});

describe("every provider, against its simulator", () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  it.each([{}, { LUSHA_API: "lookalikes" }])("says no more of a field than its ranks tell (%j)", async (env) => {
    const said = await saidBy(connect(env, sandbox));
    for (const provider of PROVIDERS) {
      const { company, person } = DESCRIPTORS[provider].ranks;
      const ranked = (ranks: object, kind: string) =>
        Object.entries(ranks).flatMap(([field, rank]) => (rank === null ? [] : [`${kind}.${field}`]));
      const claimed = new Set([...ranked(company, "Company"), ...ranked(person, "Person")]);
      expect([...(said.get(provider) ?? [])].filter((field) => !claimed.has(field))).toEqual([]);
    }
    expect([...said.keys()].sort()).toEqual([...PROVIDERS].sort());
  });
});

/** Fields that each provider's records tell, over all that it can do. */
async function saidBy(providers: Providers): Promise<ReadonlyMap<Provider, ReadonlySet<string>>> {
  const said = new Map<Provider, Set<string>>();
  for (const record of await recordsOf(providers)) {
    const fields = said.get(record.provider) ?? new Set();
    said.set(record.provider, fields);
    for (const [field, value] of Object.entries(record.fields))
      if (hasValue(value)) fields.add(`${record.kind}.${field}`);
    if (record.kind === "Person" && record.employer) fields.add("Person.company");
  }
  return said;
}

async function recordsOf(providers: Providers): Promise<readonly ProviderRecord[]> {
  const { lists, network, searches } = providers;
  const account = network.accountOf(null);
  const filters = { ...EVERY_COMPANY };
  const feeds = [
    ...(await Promise.all(lists.map(async (list) => ({ source: list.source, ...(await feedOf(list)) })))),
    { source: account.source, query: account.query("FR") },
    { source: searches.source, query: searches.queryOf({ kind: "companies", filter: filters }) },
    {
      source: searches.source,
      query: searches.queryOf({ kind: "people", filter: { ...EVERYBODY, company: filters } }),
    },
  ];
  return (await Promise.all(feeds.map((feed) => firstRecords(feed)))).flat();
}

async function feedOf(list: ProfileList): Promise<Pick<FirstFeed, "query" | "state">> {
  const served = await list.serve(ACME_TENANT, { ...PROFILE, criteria: CRITERIA });
  if (served.kind === "refused") throw served.reason;
  return { query: served.name.query, state: served.initialState ?? null };
}

/** A feed as it begins. */
interface FirstFeed {
  readonly source: FeedSource;
  readonly query: string;
  readonly state?: Json;
}

async function firstRecords({ source, query, state = null }: FirstFeed): Promise<readonly ProviderRecord[]> {
  const feed: FeedHead = { ...HEAD, provider: source.provider, query, state };
  const { items } = await source.extend(feed, 25, new AbortController().signal);
  return items.flatMap(({ records }) => records);
}

const EVERY_COMPANY = {
  addedAfter: null,
  addedBefore: null,
  locations: [],
  functions: [],
  industries: [],
  tlds: [],
  technologies: [],
};

const EVERYBODY = {
  jobTitles: [],
  departments: [],
  seniorities: [],
  hasPersonalEmails: null,
  hasLinkedinProfile: null,
  isDecisionMaker: null,
};
