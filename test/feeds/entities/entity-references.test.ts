import { describe, expect, it } from "@jest/globals";
import { entityKey } from "../../../src/domain/entity-key";
import {
  companyByDomain,
  companyByLinkedin,
  personByLinkedin,
  resolveCompany,
  resolvePerson,
  type CompanyReference,
  type PersonReference,
} from "../../../src/feeds/entities/entity-references";
import { entityId, icpId } from "../../../src/relay/global-id";

const ACME_ID = entityId(entityKey("Company", "domain", "acme.com"));
const JANE_ID = entityId(entityKey("Person", "linkedin", "jane"));

/** A reference as the graph makes it of its input. */
function company({ lushaCompanyId, ...others }: CompanyReference & { readonly lushaCompanyId?: string }) {
  return { ...others, own: { provider: "LUSHA", field: "lushaCompanyId", ids: lushaCompanyId ?? null } } as const;
}

/** A reference as the graph makes it of its input. */
function person({ lusha, ...others }: PersonReference & { readonly lusha?: { personId: string; companyId: string } }) {
  return { ...others, own: { provider: "LUSHA", field: "lusha", ids: lusha ?? null } } as const;
}

function named(value: unknown) {
  return { ok: true, value };
}

function wrong(message: string) {
  return { ok: false, message };
}

describe("resolveCompany", () => {
  it.each([
    [{ id: ACME_ID }, "Company:domain:acme.com"],
    [{ domain: "https://www.Acme.com/", linkedinUrl: null }, "Company:domain:acme.com"],
    [{ linkedinUrl: "linkedin.com/company/Acme" }, "Company:linkedin:acme"],
    [{ lushaCompanyId: "42" }, "Company:lusha:42"],
  ])("reads %j", (reference, key) => {
    expect(resolveCompany(company(reference))).toEqual(named(key));
  });

  it.each([
    [{}, "Name the company in exactly one way: id, domain, linkedinUrl or lushaCompanyId."],
    [
      { domain: "acme.com", lushaCompanyId: "42" },
      "Name the company in exactly one way: id, domain, linkedinUrl or lushaCompanyId.",
    ],
    [{ id: JANE_ID }, `"${JANE_ID}" is not the id of a Company. Pass an unchanged \`id\` of one.`],
    [{ id: "" }, '"" is not the id of a Company. Pass an unchanged `id` of one.'],
    [{ lushaCompanyId: "4 2" }, '"4 2" is not a Lusha id. Give a company\'s as Lusha writes it, such as 6504.'],
    [{ lushaCompanyId: "" }, '"" is not a Lusha id. Give a company\'s as Lusha writes it, such as 6504.'],
    [
      { lushaCompanyId: "x".repeat(65) },
      `"${"x".repeat(65)}" is not a Lusha id. Give a company's as Lusha writes it, such as 6504.`,
    ],
  ])("refuses %j", (reference, message) => {
    expect(resolveCompany(company(reference))).toEqual(wrong(message));
  });
});

describe("resolvePerson", () => {
  it.each([
    [{ id: JANE_ID }, { key: "Person:linkedin:jane", companyKey: null }],
    [{ linkedinUrl: "linkedin.com/in/Jane" }, { key: "Person:linkedin:jane", companyKey: null }],
    [{ lusha: { personId: "8", companyId: "42" } }, { key: "Person:lusha:8", companyKey: "Company:lusha:42" }],
  ])("reads %j", (reference, example) => {
    expect(resolvePerson(person(reference))).toEqual(named(example));
  });

  it.each([
    [{}, "Name the person in exactly one way: id, linkedinUrl or lusha."],
    [
      { id: JANE_ID, linkedinUrl: "linkedin.com/in/jane" },
      "Name the person in exactly one way: id, linkedinUrl or lusha.",
    ],
    [{ id: icpId("1") }, '"SUNQOjE" is not the id of a Person. Pass an unchanged `id` of one.'],
    [
      { lusha: { personId: "?", companyId: "42" } },
      '"?" is not a Lusha id. Give a person\'s as Lusha writes it, such as 6504.',
    ],
    [
      { lusha: { personId: "8", companyId: "" } },
      '"" is not a Lusha id. Give a company\'s as Lusha writes it, such as 6504.',
    ],
    [
      { linkedinUrl: "linkedin.com/company/acme" },
      '"linkedin.com/company/acme" is not a person\'s LinkedIn address. Give one such as https://www.linkedin.com/in/jane-doe.',
    ],
  ])("refuses %j", (reference, message) => {
    expect(resolvePerson(person(reference))).toEqual(wrong(message));
  });
});

describe("a reference without a provider's own ids", () => {
  it("is named by the other fields", () => {
    expect(resolveCompany({ domain: "acme.com" })).toEqual(named("Company:domain:acme.com"));
    expect(resolveCompany({})).toEqual(wrong("Name the company in exactly one way: id, domain or linkedinUrl."));
    expect(resolvePerson({})).toEqual(wrong("Name the person in exactly one way: id or linkedinUrl."));
  });
});

describe("companyByDomain", () => {
  it("refuses a shared host, and quotes no more than 100 characters", () => {
    expect(companyByDomain("github.io")).toEqual(
      wrong(
        '"github.io" is not a company\'s domain. Give a registrable domain such as acme.com. A host that many companies share is not accepted.',
      ),
    );
    expect(companyByDomain("x".repeat(200))).toEqual(
      wrong(
        `"${"x".repeat(100)}" is not a company's domain. Give a registrable domain such as acme.com. A host that many companies share is not accepted.`,
      ),
    );
  });
});

describe("companyByLinkedin", () => {
  it("refuses another address", () => {
    expect(companyByLinkedin("acme.com")).toEqual(
      wrong('"acme.com" is not a company\'s LinkedIn address. Give one such as https://www.linkedin.com/company/acme.'),
    );
  });
});

describe("personByLinkedin", () => {
  it("reads an address", () => {
    expect(personByLinkedin("https://fr.linkedin.com/in/jane/")).toEqual(named("Person:linkedin:jane"));
  });
});
