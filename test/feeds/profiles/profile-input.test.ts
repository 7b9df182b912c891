import { describe, expect, it } from "@jest/globals";
import { checkProfile } from "../../../src/feeds/profiles/profile-input";
import { ANYBODY } from "../../support/surfe-stack";

describe("checkProfile", () => {
  it("takes nothing at all for anybody", () => {
    const checked = { externalUserId: null, criteria: ANYBODY, issues: [], ids: [] };
    expect(checkProfile({})).toEqual(checked);
    expect(
      checkProfile({
        externalUserId: null,
        companies: null,
        people: null,
        exampleCompanies: null,
        examplePeople: null,
      }),
    ).toEqual(checked);
  });

  it("reads every field", () => {
    expect(
      checkProfile({
        externalUserId: "u1",
        companies: {
          employeeCount: { from: 11 },
          industries: [" Software "],
          primaryLocations: ["fr", "w-emea"],
          revenue: { to: 3_000_000_000 },
        },
        people: { countries: ["de"], departments: ["Sales"], jobTitles: ["CEO"], seniorities: ["Owner"] },
        exampleCompanies: [{ domain: "acme.com" }],
        examplePeople: [{ own: { provider: "LUSHA", field: "lusha", ids: { personId: "8", companyId: "42" } } }],
      }),
    ).toEqual({
      externalUserId: "u1",
      criteria: {
        companies: {
          employeeCount: { from: 11, to: null },
          industries: ["Software"],
          primaryLocations: ["FR", "W-EMEA"],
          revenue: { from: null, to: 3_000_000_000 },
        },
        people: { countries: ["DE"], departments: ["Sales"], jobTitles: ["CEO"], seniorities: ["Owner"] },
        exampleCompanies: ["Company:domain:acme.com"],
        examplePeople: [{ key: "Person:lusha:8", companyKey: "Company:lusha:42" }],
      },
      issues: [],
      ids: [],
    });
  });

  it("tells of everything that is wrong at once, each with its path", () => {
    const { issues } = checkProfile({
      externalUserId: "",
      companies: {
        employeeCount: { from: 2, to: 1 },
        industries: [""],
        primaryLocations: ["France"],
        revenue: { from: -1 },
      },
      people: { countries: ["XX"], departments: [""], jobTitles: [""], seniorities: [""] },
      exampleCompanies: [{ domain: "acme.com" }, { domain: "github.io" }],
      examplePeople: [{}, ...Array.from({ length: 100 }, () => ({ linkedinUrl: "linkedin.com/in/jane" }))],
    });
    expect(issues.map(({ field }) => field.join("."))).toEqual([
      "companies.employeeCount",
      "companies.industries",
      "companies.primaryLocations",
      "companies.revenue",
      "people.countries",
      "people.departments",
      "people.jobTitles",
      "people.seniorities",
      "exampleCompanies.1",
      "examplePeople",
      "examplePeople.0",
      "externalUserId",
    ]);
    expect(issues[9]?.message).toBe("examplePeople takes at most 100 examples.");
  });
});
