/** Any of these values will do; `null` is a filter that was not set. */
export type AnyOf = readonly string[] | null;

/** Of the company, for contacts too; the instants are in ms, and belong to the span. All but them are in lower case. */
export interface CompanyFilters {
  readonly addedAfterMs: number;
  readonly addedBeforeMs: number;
  readonly locations: AnyOf;
  readonly functions: AnyOf;
  readonly industries: AnyOf;
  readonly tlds: AnyOf;
  readonly technologies: AnyOf;
}

/** `jobTitles` are in lower case, departments and seniorities as sent: they must match exactly. */
export interface ContactFilters {
  readonly jobTitles: AnyOf;
  readonly departments: AnyOf;
  readonly seniorities: AnyOf;
  readonly hasPersonalEmails: boolean;
  readonly hasLinkedInProfile: boolean;
  readonly isDecisionMaker: boolean;
}

/** A page of what meets every filter that was set. */
export interface LetricsQuery {
  readonly company: CompanyFilters;
  /** `null` where companies are asked for. */
  readonly contact: ContactFilters | null;
  readonly page: number;
  readonly perPage: number;
}
