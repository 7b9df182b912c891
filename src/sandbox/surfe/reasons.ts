import type { Company } from "../catalogue/catalogue-model";
import { fitsOf, type Target } from "../catalogue/relevance";
import type { Profile } from "./surfe-profiles";
import { inSteps, rankIn, scoreAt, targetOf } from "./ranking";

/** A reason for a recommendation. `type` is an open set; only some types have `data`; `score` is 0 to 100. */
export interface Reason {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly shortDescription: string;
  readonly score: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A reason without its score. `weight` is 0 to 1, for a company that fits completely. */
interface Ground extends Omit<Reason, "score"> {
  readonly weight: number;
}

const PARTS: readonly (keyof Target)[] = ["industries", "places", "employeeCount", "revenueUsd"];

/**
 * One reason for each company criterion of the profile, that of the industry first; for a profile without criteria, one about
 * the company. The best score is that of the company's rank in the list.
 */
export function reasonsFor(company: Company, profile: Profile): readonly Reason[] {
  const fits = fitsOf(company, targetOf(profile.filters));
  const grounds = PARTS.flatMap((part) => {
    const { weight, ...words } = groundOf(part, company);
    return fits[part] === null ? [] : [{ ...words, strength: weight * fits[part] }];
  });
  const strongest = Math.max(...grounds.map(({ strength }) => strength));
  const best = scoreAt(rankIn(profile, company.index));
  if (grounds.length === 0) return [{ ...POPULAR, score: best }];
  return grounds.map(({ strength, ...words }) => ({ ...words, score: inSteps((best * strength) / strongest) }));
}

const POPULAR = {
  type: "POPULAR",
  title: "Often looked at",
  description: "Many sales teams look at this company",
  shortDescription: "Often looked at",
};

function groundOf(part: keyof Target, { employeeCount, revenueUsd, hqAddress }: Company): Ground {
  switch (part) {
    case "industries":
      return {
        type: "INDUSTRY_MATCH",
        title: "Matches your ICP",
        description: "This company operates in your target industry",
        shortDescription: "Industry match",
        weight: 1,
      };
    case "places":
      return {
        type: "LOCATION_MATCH",
        title: "In your territory",
        description: `This company is based in ${hqAddress}`,
        shortDescription: "Location match",
        weight: 0.85,
      };
    case "employeeCount":
      return {
        type: "SIZE_MATCH",
        title: "Of the right size",
        description: `This company has about ${employeeCount} employees`,
        shortDescription: "Size match",
        weight: 0.7,
        data: { employeeCount },
      };
    case "revenueUsd":
      return {
        type: "REVENUE_MATCH",
        title: "Of the right revenue",
        description: `This company earns about ${(revenueUsd / 1_000_000).toFixed(1)} million US$ a year`,
        shortDescription: "Revenue match",
        weight: 0.6,
      };
  }
}
