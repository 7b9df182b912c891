import { countriesIn } from "../../domain/country";
import type { CompanyFilter, PersonFilter, Search } from "../../domain/filter";
import type { ProfileCriteria, Range } from "../../domain/profile";

/** Filters under Letrics's names; what does not restrict is left out. */
export type LetricsFilters = Readonly<Record<string, string | boolean | readonly string[]>>;

/** What a feed of Letrics's rows is asked for. */
export interface LetricsQuery {
  readonly kind: Search["kind"];
  readonly filters: LetricsFilters;
  /** The caller's own upper bound; where there is none the feed pins one. */
  readonly addedBefore: string | null;
  /** Where rows are recommended, and not only found: which. There is no filter for it. */
  readonly recommend?: { readonly employeeCount: Range | null };
}

/** The feed query of a search, in canonical form: the order in which values were given does not make another query. */
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
 * A profile in Letrics's terms; `null` where it has neither an industry nor a location, by which alone Letrics could find
 * anything. Of people it knows no criteria here, and of revenue nothing at all.
 */
export function letricsProfileQuery({ companies }: ProfileCriteria): string | null {
  const { industries, primaryLocations, employeeCount } = companies;
  if (industries.length === 0 && primaryLocations.length === 0) return null;
  const filters = { ...list("industries", industries), ...locations(primaryLocations) };
  const query: LetricsQuery = { kind: "companies", filters, addedBefore: null, recommend: { employeeCount } };
  return JSON.stringify(query);
}

/** The other way round. Reads only what this file wrote. */
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

/** Letrics takes countries, and finds nothing by a world region's code. */
function locations(places: readonly string[]): LetricsFilters {
  return list("locations", places.flatMap(countriesIn));
}

function list(name: string, values: readonly string[]): LetricsFilters {
  return values.length === 0 ? {} : { [name]: [...new Set(values)].sort() };
}

function flag(name: string, value: boolean | null): LetricsFilters {
  return value === null ? {} : { [name]: value };
}
