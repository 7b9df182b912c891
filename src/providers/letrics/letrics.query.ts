import { countriesIn } from "../../domain/country";
import type { CompanyFilter, PersonFilter, Search } from "../../domain/filter";
import type { ProfileCriteria, Range } from "../../domain/profile";

/** Filters with Letrics' field names; filters that are not set are left out. */
export type LetricsFilters = Readonly<Record<string, string | boolean | readonly string[]>>;

/** The query of a feed of Letrics. */
export interface LetricsQuery {
  readonly kind: Search["kind"];
  readonly filters: LetricsFilters;
  /** The caller's own upper bound; `null`: the time when the feed began. */
  readonly addedBefore: string | null;
  /** Set where rows are recommendations: which of them are, since Letrics has no such filter. Left out: search results. */
  readonly recommend?: { readonly employeeCount: Range | null };
}

/** The feed query of a search, in canonical form: the order of values makes no difference. */
export function letricsQuery(search: Search, personalEmailField: string): string {
  const company = search.kind === "companies" ? search.filter : search.filter.company;
  const filters =
    search.kind === "companies"
      ? companyFilters(company)
      : { ...contactFilters(search.filter, personalEmailField), ...companyFilters(company) };
  const sorted = Object.fromEntries(Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1)));
  const query: LetricsQuery = { kind: search.kind, filters: sorted, addedBefore: company.addedBefore };
  return JSON.stringify(query);
}

/**
 * The feed query of a profile; `null` where it has neither an industry nor a location, the only criteria that Letrics can search
 * by here. Criteria for people and revenue are ignored.
 */
export function letricsProfileQuery({ companies }: ProfileCriteria): string | null {
  const { industries, primaryLocations, employeeCount } = companies;
  if (industries.length === 0 && primaryLocations.length === 0) return null;
  const filters = { ...list("industries", industries), ...locations(primaryLocations) };
  const query: LetricsQuery = { kind: "companies", filters, addedBefore: null, recommend: { employeeCount } };
  return JSON.stringify(query);
}

/** Parses a query that this file made. */
export function parseLetricsQuery(query: string): LetricsQuery {
  return JSON.parse(query) as LetricsQuery;
}

function companyFilters(filter: CompanyFilter): LetricsFilters {
  return {
    ...(filter.addedAfter === null ? {} : { added_after: filter.addedAfter }),
    ...locations(filter.locations),
    ...list("functions", filter.functions),
    ...list("industries", filter.industries),
    ...list("tlds", filter.tlds),
    ...list("technologies", filter.technologies),
  };
}

function contactFilters(filter: PersonFilter, personalEmailField: string): LetricsFilters {
  return {
    ...list("job_titles", filter.jobTitles),
    ...list("departments", filter.departments),
    ...list("seniorities", filter.seniorities),
    ...flag(personalEmailField, filter.hasPersonalEmails),
    ...flag("has_linkedin_profile", filter.hasLinkedinProfile),
    ...flag("is_decision_maker", filter.isDecisionMaker),
  };
}

/** Letrics knows countries only: a world region becomes its countries. */
function locations(places: readonly string[]): LetricsFilters {
  return list("locations", places.flatMap(countriesIn));
}

function list(name: string, values: readonly string[]): LetricsFilters {
  return values.length === 0 ? {} : { [name]: [...new Set(values)].sort() };
}

function flag(name: string, value: boolean | null): LetricsFilters {
  return value === null ? {} : { [name]: value };
}
