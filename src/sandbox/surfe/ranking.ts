import { companyFactsAt } from "../catalogue/companies";
import { rankOf, type Target } from "../catalogue/relevance";
import type { Range } from "../simulator/fields";
import type { Profile } from "./surfe-profiles";
import type { IcpFilters } from "./requests";

/** The score of Surfe's own example, and the highest there is. */
const BEST_SCORE = 85;
const LOWEST_SCORE = 20;
/** Scores are multiples of this. */
const STEP = 5;

/** A profile's company criteria as what is wanted of a company. */
export function targetOf({ companies }: IcpFilters): Target {
  return {
    industries: companies.industries,
    places: companies.primaryLocations,
    employeeCount: limited(companies.employeeCount),
    revenueUsd: limited(companies.revenue),
  };
}

/** Where a company stands in a profile's list: the highest first, and the provider's own example before all. */
export function rankIn({ id, filters }: Profile, company: number): number {
  if (company === 0) return Infinity;
  return rankOf(company, companyFactsAt(company), targetOf(filters), Number.parseInt(id.slice(0, 8), 16));
}

/** The score that goes with a rank: never higher than that of a company further up. */
export function scoreAt(rank: number): number {
  return rank === Infinity ? BEST_SCORE : inSteps(LOWEST_SCORE + rank * (BEST_SCORE - STEP - LOWEST_SCORE));
}

/** The nearest score. */
export function inSteps(score: number): number {
  return Math.round(score / STEP) * STEP;
}

/** `null` where neither end was set. */
function limited(range: Range): Range | null {
  return range.from === 0 && range.to === Number.MAX_SAFE_INTEGER ? null : range;
}
