import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { UNKNOWN_COMPANY } from "../../src/domain/company";
import { entityKey, type EntityKey } from "../../src/domain/entity-key";
import { mergeCompany, mergePerson } from "../../src/domain/merge";
import { UNKNOWN_PERSON } from "../../src/domain/person";
import { PROVIDERS, type Provider } from "../../src/domain/provider";
import type { CompanyRecord, Stored, PersonRecord } from "../../src/domain/record";
import { PREFERENCE } from "../../src/wiring/provider-list";

const ACME = entityKey("Company", "domain", "acme.com");
const ACME_LINKEDIN = entityKey("Company", "linkedin", "acme");
const JANE = entityKey("Person", "linkedin", "jane");

function company(
  provider: Provider,
  day: number,
  fields: Partial<CompanyRecord["fields"]>,
  keys: readonly EntityKey[] = [ACME],
): Stored<CompanyRecord> {
  return {
    kind: "Company",
    provider,
    providerId: null,
    keys,
    fields: { ...UNKNOWN_COMPANY, ...fields },
    fetchedAt: new Date(Date.UTC(2026, 0, day)),
  };
}

function person(
  provider: Provider,
  day: number,
  employer: EntityKey | null,
  fields: Partial<PersonRecord["fields"]> = {},
): Stored<PersonRecord> {
  return {
    kind: "Person",
    provider,
    providerId: `${provider}-1`,
    keys: [JANE],
    employer,
    fields: { ...UNKNOWN_PERSON, ...fields },
    fetchedAt: new Date(Date.UTC(2026, 0, day)),
  };
}

function mergedCompany(records: readonly Stored<CompanyRecord>[]) {
  return mergeCompany({ key: ACME, keys: [ACME_LINKEDIN, ACME], records }, PREFERENCE);
}

function mergedPerson(records: readonly Stored<PersonRecord>[]) {
  return mergePerson({ key: JANE, keys: [JANE], records }, PREFERENCE);
}

const PARIS = {
  country: "FR",
  region: null,
  regionCode: null,
  locality: "Paris",
  postalCode: null,
  streetAddress: null,
  latitude: null,
  longitude: null,
  primary: false,
};
const LYON = { ...PARIS, locality: "Lyon", primary: true };

describe("mergeCompany", () => {
  it("takes each field from the preferred provider that has a value, and tells which", () => {
    const merged = mergedCompany([
      company("LETRICS", 3, { name: "ACME Ltd", technologies: ["Go"], employeeCount: 0 }),
      company("SURFE", 1, { name: "Acme", industries: [], description: null }, [ACME, ACME_LINKEDIN]),
      company("LUSHA", 2, { name: "acme", industries: ["Software"], description: "We make all." }),
    ]);
    expect(merged).toEqual({
      ...UNKNOWN_COMPANY,
      kind: "Company",
      key: "Company:domain:acme.com",
      keys: ["Company:domain:acme.com", "Company:linkedin:acme"],
      name: "Acme",
      industries: ["Software"],
      description: "We make all.",
      technologies: ["Go"],
      employeeCount: 0,
      sources: [
        { provider: "SURFE", providerId: null, fetchedAt: new Date("2026-01-01"), fields: ["name"] },
        {
          provider: "LUSHA",
          providerId: null,
          fetchedAt: new Date("2026-01-02"),
          fields: ["description", "industries"],
        },
        {
          provider: "LETRICS",
          providerId: null,
          fetchedAt: new Date("2026-01-03"),
          fields: ["technologies", "employeeCount"],
        },
      ],
    });
  });

  it("prefers a provider's newer word, and takes from the older one what that leaves out", () => {
    const merged = mergedCompany([
      company("SURFE", 1, { name: "Acme Inc", yearFounded: 1999 }, [ACME_LINKEDIN]),
      company("SURFE", 2, { name: "Acme" }),
    ]);
    expect([merged.name, merged.yearFounded]).toEqual(["Acme", 1999]);
    expect(merged.sources.map(({ fields }) => fields)).toEqual([["name"], ["yearFounded"]]);
  });

  it("has a fixed choice between records of one provider and one time", () => {
    const one = company("LUSHA", 1, { name: "Acme" }, [ACME]);
    const other = company("LUSHA", 1, { name: "ACME" }, [ACME_LINKEDIN]);
    expect([mergedCompany([one, other]).name, mergedCompany([other, one]).name]).toEqual(["Acme", "Acme"]);
  });

  it("knows nothing where nothing is recorded", () => {
    expect(mergedCompany([])).toEqual({
      ...UNKNOWN_COMPANY,
      kind: "Company",
      key: ACME,
      keys: [ACME, ACME_LINKEDIN],
      sources: [],
    });
  });

  it("takes what a provider calls the headquarters over any primary location", () => {
    const surfe = company("SURFE", 2, { locations: [PARIS, LYON] });
    const lusha = company("LUSHA", 1, { headquarters: PARIS, locations: [] });
    const { headquarters, sources } = mergedCompany([surfe, lusha]);
    expect(headquarters).toEqual(PARIS);
    expect(sources.map(({ provider, fields }) => [provider, fields])).toEqual([
      ["SURFE", ["locations"]],
      ["LUSHA", ["headquarters"]],
    ]);
  });

  it("takes the best provider's primary location where none is called the headquarters", () => {
    const surfe = company("SURFE", 2, { locations: [PARIS] });
    const letrics = company("LETRICS", 1, { locations: [LYON] });
    const { headquarters, sources } = mergedCompany([letrics, surfe]);
    expect(headquarters).toEqual(LYON);
    expect(sources.map(({ provider, fields }) => [provider, fields])).toEqual([
      ["SURFE", ["locations"]],
      ["LETRICS", ["headquarters"]],
    ]);
    expect(mergedCompany([surfe]).headquarters).toBeNull();
  });

  it("names each provider that told of it, by its newest record where none supplies a thing", () => {
    const merged = mergedCompany([
      company("LUSHA", 1, { name: "acme" }),
      company("LUSHA", 2, { name: "ACME" }, [ACME_LINKEDIN]),
      company("SURFE", 1, { name: "Acme" }),
      company("SURFE", 3, {}),
    ]);
    expect(merged.sources).toEqual([
      { provider: "SURFE", providerId: null, fetchedAt: new Date("2026-01-01"), fields: ["name"] },
      { provider: "LUSHA", providerId: null, fetchedAt: new Date("2026-01-02"), fields: [] },
    ]);
  });

  it("does not depend on the order of the records", () => {
    const records = fc.uniqueArray(
      fc.record({
        provider: fc.constantFrom(...PROVIDERS),
        day: fc.integer({ min: 1, max: 3 }),
        name: fc.option(fc.constantFrom("Acme", "ACME")),
        industries: fc.subarray(["Software", "Retail"]),
        keys: fc.subarray([ACME, ACME_LINKEDIN, entityKey("Company", "lusha", "7")], { minLength: 1 }),
      }),
      { selector: ({ provider, keys }) => `${provider} ${keys.join()}`, maxLength: 8 },
    );
    fc.assert(
      fc.property(records, fc.infiniteStream(fc.nat()), (made, order) => {
        const all = made.map(({ provider, day, keys, ...fields }) => company(provider, day, fields, keys));
        const shuffled = all
          .map((record) => ({ record, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ record }) => record);
        expect(mergedCompany(shuffled)).toEqual(mergedCompany(all));
      }),
    );
  });
});

describe("mergePerson", () => {
  it("names the employer that the preferred provider named last", () => {
    const old = entityKey("Company", "domain", "old.com");
    const other = entityKey("Company", "domain", "other.com");
    const merged = mergedPerson([
      person("LETRICS", 9, other, { emails: ["jane@acme.com"] }),
      person("SURFE", 1, old, { fullName: "Jane" }),
      { ...person("SURFE", 2, ACME, { fullName: "Jane Doe" }), keys: [entityKey("Person", "surfe", "1")] },
      person("LUSHA", 3, null, { isDecisionMaker: false }),
    ]);
    expect(merged).toEqual({
      ...UNKNOWN_PERSON,
      kind: "Person",
      key: "Person:linkedin:jane",
      keys: ["Person:linkedin:jane"],
      employer: "Company:domain:acme.com",
      fullName: "Jane Doe",
      emails: ["jane@acme.com"],
      isDecisionMaker: false,
      sources: [
        {
          provider: "SURFE",
          providerId: "SURFE-1",
          fetchedAt: new Date("2026-01-02"),
          fields: ["fullName", "company"],
        },
        { provider: "LUSHA", providerId: "LUSHA-1", fetchedAt: new Date("2026-01-03"), fields: ["isDecisionMaker"] },
        { provider: "LETRICS", providerId: "LETRICS-1", fetchedAt: new Date("2026-01-09"), fields: ["emails"] },
      ],
    });
  });

  it("does not depend on the order of the records", () => {
    const made = fc.record({
      provider: fc.constantFrom(...PROVIDERS),
      day: fc.integer({ min: 1, max: 2 }),
      employer: fc.option(fc.constantFrom(ACME, ACME_LINKEDIN)),
      fullName: fc.option(fc.constantFrom("Jane", "Jane Doe")),
      slug: fc.constantFrom("jane", "jane-doe"),
    });
    const twoOrders = fc
      .uniqueArray(made, { selector: ({ provider, slug }) => `${provider} ${slug}` })
      .map((all) =>
        all.map(({ provider, day, employer, fullName, slug }) => ({
          ...person(provider, day, employer, { fullName }),
          keys: [entityKey("Person", "linkedin", slug)],
        })),
      )
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
      );
    fc.assert(
      fc.property(twoOrders, ([all, shuffled]) => {
        expect(mergedPerson(shuffled)).toEqual(mergedPerson(all));
      }),
    );
  });

  it("has no employer where no record names one", () => {
    expect(mergedPerson([person("LUSHA", 1, null)]).employer).toBeNull();
  });
});
