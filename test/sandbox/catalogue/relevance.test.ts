import { describe, expect, it } from "@jest/globals";
import { COMPANY_COUNT, companyFactsAt } from "../../../src/sandbox/catalogue/companies";
import type { CompanyFacts } from "../../../src/sandbox/catalogue/catalogue-model";
import { countryOf } from "../../../src/sandbox/catalogue/countries";
import { fitsOf, rankOf, type Target } from "../../../src/sandbox/catalogue/relevance";

const ANY: Target = { industries: null, places: null, employeeCount: null, revenueUsd: null };

const PARISIAN: CompanyFacts = {
  employeeCount: 100,
  revenueUsd: 9_000_000,
  industries: ["SaaS", "Sales"],
  country: countryOf("FR"),
};

const fitOf = (part: keyof Target, target: Partial<Target>) => fitsOf(PARISIAN, { ...ANY, ...target })[part];

describe("fitsOf", () => {
  it("is null for what was not asked for", () => {
    expect(fitsOf(PARISIAN, ANY)).toEqual(ANY);
  });

  it.each([
    [["saas", "sales"], 1],
    [["saas"], 0.9],
    [["sales"], 0.7],
    [["retail"], 0],
  ])("counts a company's first industry most: %j", (industries, fit) => {
    expect(fitOf("industries", { industries: new Set(industries) })).toBe(fit);
  });

  it.each([
    [["fr"], 1],
    [["w-eu"], 0.8],
    [["w-eu", "fr"], 1],
    [["de", "w-amer"], 0],
  ])("counts a country more than a part of the world: %j", (places, fit) => {
    expect(fitOf("places", { places: new Set(places) })).toBe(fit);
  });

  it.each([
    [{ from: 0, to: Number.MAX_SAFE_INTEGER }, 1],
    [{ from: 200, to: Number.MAX_SAFE_INTEGER }, 0],
    [{ from: 100, to: 100 }, 1],
    [{ from: 20, to: 484 }, 1],
    [{ from: 100, to: 1000 }, 0.5],
    [{ from: 1, to: 100 }, 0.5],
    [{ from: 1000, to: 2000 }, 0],
  ])("counts the middle of a range most: %j", (employeeCount, fit) => {
    expect(fitOf("employeeCount", { employeeCount })).toBeCloseTo(fit, 1);
  });
});

describe("rankOf", () => {
  const target: Target = { ...ANY, industries: new Set(["saas", "software"]), places: new Set(["w-eu"]) };

  /** The best of the catalogue for a provider. */
  function best(salt: number, count: number): readonly number[] {
    const ranks = Array.from({ length: COMPANY_COUNT }, (_, index) =>
      rankOf(index, companyFactsAt(index), target, salt),
    );
    return [...ranks.keys()].sort((one, other) => (ranks[other] ?? 0) - (ranks[one] ?? 0)).slice(0, count);
  }

  it("is 0 to 1, higher for the first company, and highest for those that fit wholly", () => {
    const [first = 0, ...ranks] = [...new Array(COMPANY_COUNT).keys()].map((index) =>
      rankOf(index, companyFactsAt(index), target, 1),
    );
    expect([Math.min(...ranks) >= 0, Math.max(...ranks) <= 1, first > 1]).toEqual([true, true, true]);
    expect(best(1, 50).map((index) => companyFactsAt(index).country.regions.includes("W-EU"))).not.toContain(false);
  });

  it("has providers agree on most of the best, each in an order of its own", () => {
    const [one, other] = [best(11, 50), best(17, 50)];
    expect(one.filter((index) => other.includes(index))).toHaveLength(43);
    expect(one).not.toEqual(other);
  });
});
