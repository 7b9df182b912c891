import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { UNKNOWN_COMPANY } from "../../../src/domain/company";
import { entityKey, type EntityKey } from "../../../src/domain/entity-key";
import { InputError, NoRowsError, ProviderError } from "../../../src/domain/errors";
import { UNKNOWN_PERSON } from "../../../src/domain/person";
import type { Provider } from "../../../src/domain/provider";
import type { ProviderRecord } from "../../../src/domain/record";
import { bareCompany, barePerson } from "../../../src/feeds/entities/bare-entity";
import { Entities } from "../../../src/feeds/entities/entities";
import { nameKey, type Json } from "../../../src/feeds/feed/feed-model";
import type { FeedSource } from "../../../src/feeds/feed/feed-source.port";
import { Lookalikes } from "../../../src/feeds/searches/lookalikes";
import type { SeedNames } from "../../../src/feeds/searches/seed-names";
import { providerListReader } from "../../../src/feeds/pages/recommendation-node";
import { toPageRequest } from "../../../src/relay/page-args";
import { openDatabase, type Database } from "../../../src/store/open-database";
import { SqlEntityStore } from "../../../src/store/entity.sql";
import { keep as keepIn } from "../../support/database";
import { FakeSource, HEAD, NOW } from "../../support/fake-feed";
import { PREFERENCE } from "../../../src/wiring/provider-list";
import { ACME_TENANT } from "../../support/tenants";

const page = toPageRequest({});
const DOMAIN = entityKey("Company", "domain", "acme.com");
const LINKEDIN = entityKey("Company", "linkedin", "acme");
const JANE = entityKey("Person", "linkedin", "jane");
const NAMELESS = entityKey("Company", "surfe", "1");

const source: FeedSource = Object.assign(new FakeSource(), { provider: "LUSHA" as const });

let database: Database;
let lookalikes: Lookalikes;

/** Knows whom it has an id, a domain or a LinkedIn address of. */
const provider = {
  source,
  knows: (_: string, names: SeedNames) => (names.providerId ?? names.domain ?? names.linkedinUrl) !== null,
  initialState: (kind: string, seeds: readonly SeedNames[], exclude: readonly SeedNames[]) =>
    ({ kind, seeds, exclude }) as unknown as Json,
  minSeeds: 1,
  maxSeeds: 100,
};

beforeEach(async () => {
  database = await openDatabase(":memory:");
  lookalikes = new Lookalikes(provider, new Entities(new SqlEntityStore(database), PREFERENCE));
});

afterEach(() => database.destroy());

function keep(...records: readonly ProviderRecord[]): Promise<unknown> {
  return keepIn(database, ACME_TENANT, records, NOW);
}

function company(
  keys: readonly EntityKey[],
  from: Provider,
  providerId: string | null,
  domain: string | null = null,
): ProviderRecord {
  const own = providerId === null ? [] : [entityKey("Company", from.toLowerCase(), providerId)];
  return {
    kind: "Company",
    provider: from,
    providerId,
    keys: [...keys, ...own],
    fields: { ...UNKNOWN_COMPANY, domain },
  };
}

function person(from: Provider, providerId: string | null, employer: EntityKey | null): ProviderRecord {
  const linkedinUrl = "https://www.linkedin.com/in/jane";
  return {
    kind: "Person",
    provider: from,
    providerId,
    keys: providerId === null ? [JANE] : [JANE, entityKey("Person", from.toLowerCase(), providerId)],
    employer,
    fields: { ...UNKNOWN_PERSON, linkedinUrl },
  };
}

const NOTHING: SeedNames = { providerId: null, companyProviderId: null, domain: null, linkedinUrl: null };

function toldIn(request: { readonly initialState?: Json } | null): unknown {
  return request?.initialState;
}

describe("Lookalikes.companies", () => {
  it("asks for a feed of its own for each set of seeds", async () => {
    const request = await lookalikes.companies(ACME_TENANT, [{ domain: "acme.com" }], [], page);
    expect(request).toEqual({
      name: {
        tenant: ACME_TENANT,
        connection: expect.stringMatching(/^similar:[0-9a-f-]{36}$/),
        provider: "LUSHA",
        query: `{"kind":"companies","seeds":["Company:domain:acme.com"],"exclude":[]}`,
      },
      aliases: [request.name, request.name],
      initialState: { kind: "companies", seeds: [{ ...NOTHING, domain: "acme.com" }], exclude: [] },
      owns: expect.any(Function),
      source,
      sourceOf: expect.any(Function),
      absent: [],
      page,
      rowReader: providerListReader,
    });
  });

  it("asks for the same feed, by its cursors and by its name, where more has become known of a seed", async () => {
    const ask = () => lookalikes.companies(ACME_TENANT, [{ linkedinUrl: "linkedin.com/company/acme" }], [], page);
    const began = (await ask()).name;
    await keep(company([DOMAIN, LINKEDIN], "LUSHA", "42", "acme.com"));
    lookalikes = new Lookalikes(provider, new Entities(new SqlEntityStore(database), PREFERENCE));
    const now = await ask();
    expect(now.name).not.toEqual(began);
    expect([now.aliases?.map(nameKey).includes(nameKey(began)), now.owns?.(began)]).toEqual([true, true]);
    const other = await lookalikes.companies(ACME_TENANT, [{ domain: "other.com" }], [], page);
    expect(other.owns?.(began)).toBe(false);
  });

  it("asks the provider for nothing where it takes no fewer seeds than so many, and reads what is recorded", async () => {
    const choosy = new Lookalikes({ ...provider, minSeeds: 3 }, new Entities(new SqlEntityStore(database), PREFERENCE));
    const seeds = ["a.com", "b.com", "c.com"].map((domain) => ({ domain }));
    const refusals = await Promise.all(
      [seeds.slice(0, 1), seeds.slice(0, 2), [...seeds.slice(0, 2), { domain: "www.a.com" }], seeds].map(
        async (some) => (await choosy.companies(ACME_TENANT, some, [], page)).source.unavailable,
      ),
    );
    const refusal = (count: string) => ({
      code: "PROVIDER_CANNOT_SERVE",
      message: `Lusha finds lookalikes of 3 to 100 companies or people, but got ${count}: name more of them.`,
    });
    expect(refusals).toMatchObject([refusal("1"), refusal("2"), refusal("2"), {}]);
    expect(refusals[3]).toBeNull();
    const short = await choosy.of(ACME_TENANT, bareCompany(DOMAIN), [], page);
    expect(short?.sourceOf?.(HEAD)).toBe(source);
    expect(short?.source.unavailable).toMatchObject(refusal("1"));
    const examples = (count: number) =>
      choosy.lookalikeFeed(
        "companies",
        ACME_TENANT,
        seeds.slice(0, count).map(({ domain }) => ({ key: entityKey("Company", "domain", domain), companyKey: null })),
        [],
      );
    expect([await examples(0), await examples(2), (await examples(3)).kind]).toEqual([
      { kind: "unknown" },
      { kind: "too-few", fewest: 3 },
      "feed",
    ]);
  });

  it("tells of each seed all that its key and the records say", async () => {
    await keep(company([DOMAIN, LINKEDIN], "LUSHA", "42", "acme.com"), company([LINKEDIN], "LETRICS", "7"));
    const request = await lookalikes.companies(
      ACME_TENANT,
      [
        { linkedinUrl: "linkedin.com/company/acme" },
        { own: { provider: "LUSHA", field: "lushaCompanyId", ids: "43" } },
      ],
      [{ domain: "other.com" }, { linkedinUrl: "linkedin.com/company/other" }],
      page,
    );
    expect(toldIn(request)).toEqual({
      kind: "companies",
      seeds: [
        {
          providerId: "42",
          companyProviderId: null,
          domain: "acme.com",
          linkedinUrl: "https://www.linkedin.com/company/acme",
        },
        { ...NOTHING, providerId: "43" },
      ],
      exclude: [
        { ...NOTHING, domain: "other.com" },
        { ...NOTHING, linkedinUrl: "https://www.linkedin.com/company/other" },
      ],
    });
  });

  it.each([
    [[], "`companies` takes 1 to 100 references, but has 0."],
    [
      Array.from({ length: 101 }, () => ({ domain: "acme.com" })),
      "`companies` takes 1 to 100 references, but has 101.",
    ],
    [[{ domain: "acme.com" }, {}], "`companies[1]`: Name the company in exactly one way: id, domain or linkedinUrl."],
  ])("refuses %#", async (seeds, message) => {
    await expect(lookalikes.companies(ACME_TENANT, seeds, [], page)).rejects.toThrow(new InputError(message));
  });

  it("refuses those of whom the provider knows no name, and says which", async () => {
    const nameless = { id: bareCompany(NAMELESS).id };
    const named = { domain: "acme.com" };
    const noRows = (told: string) => new NoRowsError([new ProviderError("LUSHA", "PROVIDER_CANNOT_SERVE", told)]);
    const message = (place: string) =>
      `\`${place}\` cannot be identified at Lusha. Give Lusha's own ids, or something that Lusha has returned before.`;
    await expect(lookalikes.companies(ACME_TENANT, [named, nameless], [], page)).rejects.toThrow(
      noRows(message("companies[1]")),
    );
    await expect(lookalikes.companies(ACME_TENANT, [named], [named, nameless], page)).rejects.toThrow(
      noRows(message("exclude[1]")),
    );
  });
});

describe("Lookalikes.people", () => {
  it("tells of each person their company's id too", async () => {
    await keep(company([DOMAIN], "LUSHA", "42"), person("LUSHA", "8", DOMAIN));
    const request = await lookalikes.people(
      ACME_TENANT,
      [
        { linkedinUrl: "linkedin.com/in/jane" },
        { own: { provider: "LUSHA", field: "lusha", ids: { personId: "9", companyId: "43" } } },
      ],
      [],
      page,
    );
    expect(toldIn(request)).toEqual({
      kind: "people",
      seeds: [
        {
          providerId: "8",
          companyProviderId: "42",
          domain: null,
          linkedinUrl: "https://www.linkedin.com/in/jane",
        },
        { ...NOTHING, providerId: "9", companyProviderId: "43" },
      ],
      exclude: [],
    });
  });

  it("tells no company's id where none is known", async () => {
    await keep(person("SURFE", "1", DOMAIN));
    const jane = { ...NOTHING, linkedinUrl: "https://www.linkedin.com/in/jane" };
    const ask = () => lookalikes.people(ACME_TENANT, [{ linkedinUrl: "linkedin.com/in/jane" }], [], page);
    expect(toldIn(await ask())).toEqual({ kind: "people", seeds: [jane], exclude: [] });
    await expect(lookalikes.people(ACME_TENANT, [{}], [{}], page)).rejects.toThrow("`people[0]`: Name the person");
  });
});

describe("Lookalikes.of", () => {
  it("asks for those like one company or person", async () => {
    expect(toldIn(await lookalikes.of(ACME_TENANT, bareCompany(DOMAIN), [], page))).toEqual({
      kind: "companies",
      seeds: [{ ...NOTHING, domain: "acme.com" }],
      exclude: [],
    });
    await keep(person("LUSHA", null, null));
    expect(toldIn(await lookalikes.of(ACME_TENANT, barePerson(JANE), [], page))).toEqual({
      kind: "people",
      seeds: [{ ...NOTHING, linkedinUrl: "https://www.linkedin.com/in/jane" }],
      exclude: [],
    });
  });

  it("asks nobody where the provider has no name for it", async () => {
    expect(await lookalikes.of(ACME_TENANT, bareCompany(NAMELESS), [], page)).toBeNull();
  });
});
