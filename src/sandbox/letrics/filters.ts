/** Matches any of these values; `null`: the filter is not set. */
export type AnyOf = readonly string[] | null;

/** Filters on the company, also for contacts. Times are in ms and inclusive; texts are in lower case. */
export interface CompanyFilters {
  readonly addedAfterMs: number;
  readonly addedBeforeMs: number;
  readonly locations: AnyOf;
  readonly functions: AnyOf;
  readonly industries: AnyOf;
  readonly tlds: AnyOf;
  readonly technologies: AnyOf;
}

/**
 * Filters on the contact. `jobTitles` are in lower case; departments and seniorities are as sent, since they must match
 * exactly.
 */
export interface ContactFilters {
  readonly jobTitles: AnyOf;
  readonly departments: AnyOf;
  readonly seniorities: AnyOf;
  readonly hasPersonalEmails: boolean;
  readonly hasLinkedInProfile: boolean;
  readonly isDecisionMaker: boolean;
}

/** The request for a page of matches. */
export interface LetricsQuery {
  readonly company: CompanyFilters;
  /** `null` where companies are asked for. */
  readonly contact: ContactFilters | null;
  readonly page: number;
  readonly perPage: number;
}
