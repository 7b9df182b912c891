import { describe, expect, it } from "@jest/globals";
import type { ProfileCriteria } from "../../../src/domain/profile";
import { parseSurfeQuery, surfeFilters, surfeQuery } from "../../../src/providers/surfe/surfe.query";
import { ANYBODY } from "../../support/surfe-stack";

const FULL: ProfileCriteria = {
  companies: {
    employeeCount: { from: 11, to: 50 },
    industries: ["Software", "Apps"],
    primaryLocations: ["FR", "W-EMEA"],
    revenue: { from: null, to: 3_000_000_000 },
  },
  people: { countries: ["DE"], departments: ["Sales"], jobTitles: ["CEO"], seniorities: ["Owner"] },
  exampleCompanies: [],
  examplePeople: [],
};

describe("surfeFilters", () => {
  it("leaves out what restricts nothing", () => {
    expect(surfeFilters(ANYBODY)).toEqual({ companies: {}, people: {} });
  });

  it("puts a profile in Surfe's terms", () => {
    expect(surfeFilters(FULL)).toEqual({
      companies: {
        employeeCount: { from: 11, to: 50 },
        industries: ["Software", "Apps"],
        primaryLocations: ["fr", "W-EMEA"],
        revenue: { to: 3_000_000_000 },
      },
      people: { countries: ["de"], departments: ["Sales"], jobTitles: ["CEO"], seniorities: ["Owner"] },
    });
  });

  it("leaves out a range that is open at both ends", () => {
    const open = { ...ANYBODY, companies: { ...ANYBODY.companies, revenue: { from: null, to: null } } };
    expect(surfeFilters(open).companies).toEqual({});
  });
});

describe("surfeQuery", () => {
  const query = (criteria: ProfileCriteria) => surfeQuery({ id: "1", externalUserId: "u1", criteria });

  it("has filters that only Surfe knows, whatever the order of their names; their lists stay as they are", () => {
    const surfe = { z: 1, companies: { technologies: ["b", "a", "b"], years: { to: 2, from: 1 } } };
    const turned = { companies: { years: { from: 1, to: 2 }, technologies: ["b", "a", "b"] }, z: 1 };
    expect(query({ ...FULL, surfe })).toBe(query({ ...FULL, surfe: turned }));
    expect(query({ ...FULL, surfe })).not.toBe(query({ ...FULL, surfe: { ...surfe, z: [1] } }));
    expect(parseSurfeQuery(query({ ...ANYBODY, surfe })).filters).toEqual({ ...surfe, people: {} });
    expect(surfeFilters({ ...FULL, surfe }).companies).toEqual({ ...surfe.companies, ...surfeFilters(FULL).companies });
  });

  it("is the same whatever the order in which values were given, and however often", () => {
    const { companies } = FULL;
    const shuffled = { ...FULL, companies: { ...companies, industries: ["Software", "Apps", "Software"] } };
    const sorted = { ...FULL, companies: { ...companies, industries: ["Apps", "Software"] } };
    expect(query(shuffled)).toBe(query(sorted));
    expect(query(FULL)).not.toBe(query(ANYBODY));
  });

  it("does not change with the examples, which Surfe does not know", () => {
    expect(query({ ...FULL, examplePeople: [{ key: "Person:lusha:1" as never, companyKey: null }] })).toBe(query(FULL));
  });

  it("is read back", () => {
    expect(parseSurfeQuery(query(FULL))).toEqual({
      icp: "1",
      externalUserId: "u1",
      filters: {
        companies: {
          employeeCount: { from: 11, to: 50 },
          industries: ["Apps", "Software"],
          primaryLocations: ["W-EMEA", "fr"],
          revenue: { to: 3_000_000_000 },
        },
        people: { countries: ["de"], departments: ["Sales"], jobTitles: ["CEO"], seniorities: ["Owner"] },
      },
    });
  });
});
