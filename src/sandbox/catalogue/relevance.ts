import type { Range } from "../simulator/fields";
import type { CompanyFacts } from "./catalogue-model";
import type { Country } from "./countries";
import { hash } from "./random";

/** The criteria for companies. `null`: no criterion, every company fits. */
export interface Target {
  /** In lower case. */
  readonly industries: ReadonlySet<string> | null;
  /** Country codes and world regions, in lower case. */
  readonly places: ReadonlySet<string> | null;
  readonly employeeCount: Range | null;
  readonly revenueUsd: Range | null;
}

/** How well a company fits each criterion: 0 to 1; `null` where there is no criterion. */
export type Fits = Readonly<Record<keyof Target, number | null>>;

/**
 * The weights of a company's relevance; their sum is 1. Most of them are the same for all providers, so that their lists are
 * similar.
 */
const WEIGHTS: Readonly<Record<keyof Target | "prominence", number>> = {
  prominence: 0.45,
  industries: 0.25,
  places: 0.18,
  employeeCount: 0.09,
  revenueUsd: 0.03,
};

/** The part of a rank that depends on the provider. */
const OWN_PART = 0.02;

/** Makes prominence independent of other random values of a company. */
const PROMINENCE_SALT = 29;

const UINT32 = 2 ** 32;

/** How well the company fits each criterion. */
export function fitsOf(company: CompanyFacts, target: Target): Fits {
  return {
    industries: target.industries && industryFit(company.industries, target.industries),
    places: target.places && placeFit(company.country, target.places),
    employeeCount: target.employeeCount && rangeFit(company.employeeCount, target.employeeCount),
    revenueUsd: target.revenueUsd && rangeFit(company.revenueUsd, target.revenueUsd),
  };
}

/**
 * The rank of a company in a provider's list: 0 to 1, highest first; that of the first company can be higher. It depends on
 * prominence and fit, and a little on `salt`, which differs by provider. So different providers rank companies similarly.
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

/** How well known a company is, 0 to 1; the first company is better known than all others. */
function prominenceOf(index: number): number {
  return index === 0 ? 1.2 : hash(PROMINENCE_SALT, index) / UINT32;
}

/** The fit of industries; the first one counts most. */
function industryFit(industries: readonly string[], wanted: ReadonlySet<string>): number {
  const [first, second = first] = industries.map((industry) => wanted.has(industry.toLowerCase()));
  if (first) return second ? 1 : 0.9;
  return second ? 0.7 : 0;
}

function placeFit({ code, regions }: Country, wanted: ReadonlySet<string>): number {
  if (wanted.has(code.toLowerCase())) return 1;
  return regions.some((region) => wanted.has(region.toLowerCase())) ? 0.8 : 0;
}

/**
 * The fit of a value in a range: best in the middle (by ratio), half as good at the ends, less outside. In an open range it is
 * 1.
 */
function rangeFit(value: number, { from, to }: Range): number {
  if (to === Number.MAX_SAFE_INTEGER) return value < from ? 0 : 1;
  const [low, high] = [Math.log(from + 1), Math.log(to + 1)];
  const reach = Math.max(high - low, 1);
  return Math.max(0, 1 - Math.abs(Math.log(value + 1) - (low + high) / 2) / reach);
}
