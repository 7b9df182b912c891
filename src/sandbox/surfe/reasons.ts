import type { Company } from "../catalogue/company";

/** Why a company is recommended. `type` is an open set; `data` comes with some types only; `score` is 0 to 100. */
export interface Reason {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly shortDescription: string;
  readonly score: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** One to three reasons, the industry's first; the same for every profile. */
export function reasonsFor({ index, employeeCount, hqAddress }: Company): readonly Reason[] {
  const reasons: readonly Reason[] = [
    {
      type: "INDUSTRY_MATCH",
      title: "Matches your ICP",
      description: "This company operates in your target industry",
      shortDescription: "Industry match",
      score: scoreOf(index, 85),
    },
    {
      type: "LOCATION_MATCH",
      title: "In your territory",
      description: `This company is based in ${hqAddress}`,
      shortDescription: "Location match",
      score: scoreOf(index, 60),
    },
    {
      type: "SIZE_MATCH",
      title: "Of the right size",
      description: `This company has about ${employeeCount} employees`,
      shortDescription: "Size match",
      score: scoreOf(index, 40),
      data: { employeeCount },
    },
  ];
  return reasons.slice(0, (index % reasons.length) + 1);
}

/** Spread evenly over 0 to 100; `first` is company 0's. */
function scoreOf(index: number, first: number): number {
  return (first + index * 37) % 101;
}
