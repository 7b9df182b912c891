import { describe, expect, it } from "@jest/globals";
import { InputError } from "../../../src/domain/errors";
import { checkCompanyFilter, checkPersonFilter } from "../../../src/feeds/searches/search-check";

const EARLY = new Date("2026-01-01T00:00:00Z");
const LATE = new Date("2026-02-01T00:00:00Z");

const ANY_COMPANY = {
  addedAfter: null,
  addedBefore: null,
  locations: [],
  functions: [],
  industries: [],
  tlds: [],
  technologies: [],
};

describe("checkCompanyFilter", () => {
  it("takes nothing at all for any company", () => {
    expect(checkCompanyFilter({})).toEqual(ANY_COMPANY);
    expect(checkCompanyFilter({ addedAfter: null, addedBefore: null, tlds: null })).toEqual(ANY_COMPANY);
  });

  it("reads every field", () => {
    expect(
      checkCompanyFilter({
        addedAfter: EARLY,
        addedBefore: LATE,
        locations: [" Paris "],
        functions: ["Sales"],
        industries: ["Software"],
        tlds: [".COM", "co.uk", "рф"],
        technologies: ["Go"],
      }),
    ).toEqual({
      addedAfter: "2026-01-01T00:00:00.000Z",
      addedBefore: "2026-02-01T00:00:00.000Z",
      locations: ["Paris"],
      functions: ["Sales"],
      industries: ["Software"],
      tlds: ["com", "co.uk", "рф"],
      technologies: ["Go"],
    });
    expect(checkCompanyFilter({ addedAfter: EARLY, addedBefore: EARLY }).addedAfter).toBe("2026-01-01T00:00:00.000Z");
  });

  it("tells of everything that is wrong", () => {
    expect(() => checkCompanyFilter({ addedAfter: LATE, addedBefore: EARLY, tlds: ["a b", "com."] })).toThrow(
      new InputError(
        'filter.addedAfter must not be later than addedBefore. filter.tlds takes top-level domains such as com or co.uk, not "a b", "com.".',
      ),
    );
  });
});

describe("checkPersonFilter", () => {
  it("takes nothing at all for any person", () => {
    expect(checkPersonFilter({})).toEqual({
      jobTitles: [],
      departments: [],
      seniorities: [],
      hasPersonalEmails: null,
      hasLinkedinProfile: null,
      isDecisionMaker: null,
      company: ANY_COMPANY,
    });
  });

  it("reads every field", () => {
    expect(
      checkPersonFilter({
        jobTitles: ["CEO"],
        departments: ["Sales"],
        seniorities: ["Owner"],
        hasPersonalEmails: true,
        hasLinkedinProfile: false,
        isDecisionMaker: true,
        company: { industries: ["Software"] },
      }),
    ).toEqual({
      jobTitles: ["CEO"],
      departments: ["Sales"],
      seniorities: ["Owner"],
      hasPersonalEmails: true,
      hasLinkedinProfile: false,
      isDecisionMaker: true,
      company: { ...ANY_COMPANY, industries: ["Software"] },
    });
  });

  it("tells of everything that is wrong, with its path", () => {
    expect(() => checkPersonFilter({ jobTitles: [""], company: { technologies: [" "] } })).toThrow(
      new InputError("filter.jobTitles holds an empty value. filter.company.technologies holds an empty value."),
    );
  });
});
