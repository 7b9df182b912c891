import { withSortedNames, type JsonObject } from "../../domain/json-object";
import type { Profile, ProfileCriteria, Range } from "../../domain/profile";

/** A range in a request to Surfe: an open end is left out. */
export interface SurfeRange {
  readonly from?: number;
  readonly to?: number;
}

/** The criteria in a request to Surfe, with filters that only Surfe knows; criteria that are not set are left out. */
export interface SurfeFilters extends JsonObject {
  readonly companies: JsonObject & {
    readonly employeeCount?: SurfeRange;
    readonly industries?: readonly string[];
    readonly primaryLocations?: readonly string[];
    readonly revenue?: SurfeRange;
  };
  readonly people: JsonObject & {
    readonly countries?: readonly string[];
    readonly departments?: readonly string[];
    readonly jobTitles?: readonly string[];
    readonly seniorities?: readonly string[];
  };
}

/** The query of a feed of Surfe. */
export interface SurfeQuery {
  readonly icp: string;
  readonly externalUserId: string | null;
  readonly filters: SurfeFilters;
}

/** The feed query of a profile, in canonical form: the order of values makes no difference. */
export function surfeQuery({
  id,
  externalUserId,
  criteria,
}: Pick<Profile, "id" | "externalUserId" | "criteria">): string {
  const { surfe, ...known } = criteria;
  const { companies, people } = surfeFilters(known);
  const filters = { companies: sortLists(companies), people: sortLists(people) };
  const query: SurfeQuery = {
    icp: id,
    externalUserId,
    filters: surfe ? joined(filters, withSortedNames(surfe) as JsonObject) : filters,
  };
  return JSON.stringify(query);
}

/** Parses a query that `surfeQuery` made. */
export function parseSurfeQuery(query: string): SurfeQuery {
  return JSON.parse(query) as SurfeQuery;
}

/** The criteria of a profile, as Surfe takes them. */
export function surfeFilters({ companies, people, surfe }: ProfileCriteria): SurfeFilters {
  const filters: SurfeFilters = {
    companies: {
      ...range("employeeCount", companies.employeeCount),
      ...list("industries", companies.industries),
      ...list("primaryLocations", companies.primaryLocations.map(placeCode)),
      ...range("revenue", companies.revenue),
    },
    people: {
      ...list("countries", people.countries.map(placeCode)),
      ...list("departments", people.departments),
      ...list("jobTitles", people.jobTitles),
      ...list("seniorities", people.seniorities),
    },
  };
  return surfe ? joined(filters, surfe) : filters;
}

/** Filters that have a field here and those that have none: no name is in both. */
function joined({ companies, people }: SurfeFilters, extra: JsonObject): SurfeFilters {
  const part = (name: string): JsonObject => (extra[name] ?? {}) as JsonObject;
  return { ...extra, companies: { ...companies, ...part("companies") }, people: { ...people, ...part("people") } };
}

/** Surfe documents countries in lower case (`fr`) and world regions in upper case (`W-EMEA`). */
function placeCode(code: string): string {
  return code.length === 2 ? code.toLowerCase() : code;
}

function list<Name extends string>(name: Name, values: readonly string[]): { [_ in Name]?: readonly string[] } {
  return values.length === 0 ? {} : ({ [name]: values } as { [_ in Name]: readonly string[] });
}

function range<Name extends string>(name: Name, value: Range | null): { [_ in Name]?: SurfeRange } {
  const ends: SurfeRange = {
    ...(value?.from == null ? {} : { from: value.from }),
    ...(value?.to == null ? {} : { to: value.to }),
  };
  return Object.keys(ends).length === 0 ? {} : ({ [name]: ends } as { [_ in Name]: SurfeRange });
}

function sortLists<T extends object>(criteria: T): T {
  const entries: [string, unknown][] = Object.entries(criteria);
  const sorted = entries.map(([name, value]) => [name, Array.isArray(value) ? [...new Set(value)].sort() : value]);
  return Object.fromEntries(sorted) as T;
}
