import { companyFactsAt } from "../catalogue/companies";
import { rankOf, type Target } from "../catalogue/relevance";
import type { Range } from "../simulator/fields";
import type { Profile } from "./surfe-profiles";
import type { IcpFilters } from "./requests";

/** The highest score: that of the example in Surfe's documentation. */
const BEST_SCORE = 85;
const LOWEST_SCORE = 20;
/** Scores are multiples of this. */
const STEP = 5;

/** The company criteria of a profile, as a target. */
export function targetOf({ companies }: IcpFilters): Target {
  return {
    industries: companies.industries,
    places: companies.primaryLocations,
    employeeCount: limited(companies.employeeCount),
    revenueUsd: limited(companies.revenue),
  };
}

/** The rank of a company in a profile's list, highest first; the company of the documentation's example is first. */
export function rankIn({ id, filters }: Profile, company: number): number {
  if (company === 0) return Infinity;
  return rankOf(company, companyFactsAt(company), targetOf(filters), Number.parseInt(id.slice(0, 8), 16));
}

/** The score for a rank: never higher than that of a company with a higher rank. */
export function scoreAt(rank: number): number {
  return rank === Infinity ? BEST_SCORE : inSteps(LOWEST_SCORE + rank * (BEST_SCORE - STEP - LOWEST_SCORE));
}

/** The nearest allowed score. */
export function inSteps(score: number): number {
  return Math.round(score / STEP) * STEP;
}

/** The range; `null` where neither end is set. */
function limited(range: Range): Range | null {
  return range.from === 0 && range.to === Number.MAX_SAFE_INTEGER ? null : range;
}
