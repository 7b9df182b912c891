/** A search for companies. Empty lists and `null` do not restrict. Times are ISO 8601, UTC, inclusive. */
export interface CompanyFilter {
  readonly addedAfter: string | null;
  readonly addedBefore: string | null;
  readonly locations: readonly string[];
  readonly functions: readonly string[];
  readonly industries: readonly string[];
  /** Top-level domains, lower case, without the dot. */
  readonly tlds: readonly string[];
  readonly technologies: readonly string[];
}

/** A search for people. */
export interface PersonFilter {
  /** Parts of job titles, in any case. */
  readonly jobTitles: readonly string[];
  readonly departments: readonly string[];
  readonly seniorities: readonly string[];
  readonly hasPersonalEmails: boolean | null;
  readonly hasLinkedinProfile: boolean | null;
  readonly isDecisionMaker: boolean | null;
  readonly company: CompanyFilter;
}

/** A search: for companies, or for people. */
export type Search =
  | { readonly kind: "companies"; readonly filter: CompanyFilter }
  | { readonly kind: "people"; readonly filter: PersonFilter };
