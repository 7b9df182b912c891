import type { Range } from "../simulator/fields";
import type { CompanyFacts } from "./catalogue-model";
import type { Country } from "./countries";
import { hash } from "./random";

/** Which companies are wanted. A part that is `null` was not asked for, and every company fits it. */
export interface Target {
  /** In lower case. */
  readonly industries: ReadonlySet<string> | null;
  /** Country codes and world regions, in lower case. */
  readonly places: ReadonlySet<string> | null;
  readonly employeeCount: Range | null;
  readonly revenueUsd: Range | null;
}

/** How well a company fits each part of a target: 0 to 1, `null` where the part was not asked for. */
export type Fits = Readonly<Record<keyof Target, number | null>>;

/** What a company's relevance is made of; together 1. Much of it is no provider's own, so that their lists agree. */
const WEIGHTS: Readonly<Record<keyof Target | "prominence", number>> = {
  prominence: 0.45,
  industries: 0.25,
  places: 0.18,
  employeeCount: 0.09,
  revenueUsd: 0.03,
};

/** How much of a rank is the provider's own. */
const OWN_PART = 0.02;

/** Keeps prominence apart from what else is drawn from a company's index. */
const PROMINENCE_SALT = 29;

const UINT32 = 2 ** 32;

/** How well the company fits each part of the target. */
export function fitsOf(company: CompanyFacts, target: Target): Fits {
  return {
    industries: target.industries && industryFit(company.industries, target.industries),
    places: target.places && placeFit(company.country, target.places),
    employeeCount: target.employeeCount && rangeFit(company.employeeCount, target.employeeCount),
    revenueUsd: target.revenueUsd && rangeFit(company.revenueUsd, target.revenueUsd),
  };
}

/**
 * Where a company stands in a provider's list for a target: 0 to 1, the highest first; the first company can be higher.
 * Providers that are asked for the same rank companies nearly alike: by prominence and fit, and only a little by `salt`,
 * which is the provider's own.
 */
export function rankOf(index: number, company: CompanyFacts, target: Target, salt: number): number {
  const fits = fitsOf(company, target);
  const relevance =
    WEIGHTS.prominence * prominenceOf(index) +
    WEIGHTS.industries * (fits.industries ?? 1) +
    WEIGHTS.places * (fits.places ?? 1) +
    WEIGHTS.employeeCount * (fits.employeeCount ?? 1) +
    WEIGHTS.revenueUsd * (fits.revenueUsd ?? 1);
  return (1 - OWN_PART) * relevance + OWN_PART * (hash(salt, index) / UINT32);
}

/** How much is heard of a company, 0 to 1, whoever tells of it; of the first one more than of any other. */
function prominenceOf(index: number): number {
  return index === 0 ? 1.2 : hash(PROMINENCE_SALT, index) / UINT32;
}

/** A company's first industry counts most. */
function industryFit(industries: readonly string[], wanted: ReadonlySet<string>): number {
  const [first, second = first] = industries.map((industry) => wanted.has(industry.toLowerCase()));
  if (first) return second ? 1 : 0.9;
  return second ? 0.7 : 0;
}

function placeFit({ code, regions }: Country, wanted: ReadonlySet<string>): number {
  if (wanted.has(code.toLowerCase())) return 1;
  return regions.some((region) => wanted.has(region.toLowerCase())) ? 0.8 : 0;
}

/** Best in the middle of the range, by ratio; half as good at its ends, and less beyond. An open range fits throughout. */
function rangeFit(value: number, { from, to }: Range): number {
  if (to === Number.MAX_SAFE_INTEGER) return value < from ? 0 : 1;
  const [low, high] = [Math.log(from + 1), Math.log(to + 1)];
  const reach = Math.max(high - low, 1);
  return Math.max(0, 1 - Math.abs(Math.log(value + 1) - (low + high) / 2) / reach);
}
