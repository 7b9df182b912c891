import {
  BadRequest,
  type Fields,
  type Range,
  readFields,
  readInteger,
  readOptionalFields,
  readOptionalText,
  readRange,
  readTexts,
} from "../simulator/fields";
import { ACCEPTED } from "./filter-values";
import type { SurfeRules } from "./surfe-options";

/** Values in lower case; `null`: no criterion, everything matches. */
export type Criterion = ReadonlySet<string> | null;

/** The criteria of a profile. */
export interface IcpFilters {
  readonly companies: {
    readonly employeeCount: Range;
    readonly industries: Criterion;
    readonly primaryLocations: Criterion;
    readonly revenue: Range;
  };
  readonly people: {
    readonly countries: Criterion;
    readonly departments: Criterion;
    readonly jobTitles: Criterion;
    readonly seniorities: Criterion;
  };
}

/** A profile. `externalUserId` is `null` for the authenticated user's own; `companies` and `people` are as sent, for the echo. */
export interface IcpRequest {
  readonly externalUserId: string | null;
  readonly companies: Fields;
  readonly people: Fields;
  readonly filters: IcpFilters;
}

/**
 * Reads the body of `POST /v2/recommendations/icp`. Unknown fields are ignored.
 *
 * @throws {BadRequest}
 */
export function readIcpRequest(body: unknown): IcpRequest {
  const fields = readFields(body, "body");
  const companies = readOptionalFields(fields["companies"], "companies");
  const people = readOptionalFields(fields["people"], "people");
  return {
    externalUserId: readOptionalText(fields["externalUserId"], "externalUserId", 250),
    companies,
    people,
    filters: {
      companies: {
        employeeCount: readRange(companies["employeeCount"], "companies.employeeCount"),
        industries: readTexts(companies["industries"], "companies.industries", ACCEPTED.industries),
        primaryLocations: readTexts(companies["primaryLocations"], "companies.primaryLocations", ACCEPTED.locations),
        revenue: readRange(companies["revenue"], "companies.revenue"),
      },
      people: {
        countries: readTexts(people["countries"], "people.countries", ACCEPTED.locations),
        departments: readTexts(people["departments"], "people.departments", ACCEPTED.departments),
        jobTitles: readTexts(people["jobTitles"], "people.jobTitles"),
        seniorities: readTexts(people["seniorities"], "people.seniorities", ACCEPTED.seniorities),
      },
    },
  };
}

/** A request. `end` is the offset after the last row that may be returned; `from` and `to` are as sent. */
export interface FetchRequest {
  readonly externalUserId: string | null;
  readonly from: number;
  readonly to: number;
  readonly end: number;
}

/**
 * The body of `POST /v2/recommendations/fetch`.
 *
 * @throws {BadRequest}
 */
export function readFetchRequest(body: unknown, rules: SurfeRules): FetchRequest {
  const fields = readFields(body, "body");
  const externalUserId = readOptionalText(fields["externalUserId"], "externalUserId", 255);
  const pagination = readFields(fields["pagination"], "pagination");
  const from = readInteger(pagination["from"], "pagination.from");
  const to = readInteger(pagination["to"], "pagination.to");
  if (from < 0) throw new BadRequest("pagination.from", "must not be negative");
  if (to <= from) throw new BadRequest("pagination.to", "must be greater than pagination.from");
  if (to - from > rules.maxWindow && rules.overMaxWindow === "reject") {
    throw new BadRequest("pagination", `must span at most ${rules.maxWindow}`);
  }
  const end = Math.min(to, from + rules.maxWindow) + (rules.toInclusive ? 1 : 0);
  return { externalUserId, from, to, end };
}
