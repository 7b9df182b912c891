import type { SimulatorRequest } from "../simulator/call-log";
import { BadRequest, type Fields, readFields, readInteger, readOptionalFields } from "../simulator/fields";
import type { AnyOf, CompanyFilters, ContactFilters, LetricsQuery } from "./filters";
import type { LetricsRules } from "./letrics-options";

const COMPANY_LISTS = ["locations", "functions", "industries", "tlds", "technologies"] as const;
const CONTACT_LISTS = ["job_titles", "departments", "seniorities"] as const;
const CONTACT_FLAGS = ["has_linkedin_profile", "is_decision_maker"] as const;
const OTHER_FIELDS = ["added_after", "added_before", "page", "per_page"];
const LISTS: readonly string[] = [...COMPANY_LISTS, ...CONTACT_LISTS];
const MAX_PER_PAGE = 100;

/**
 * Reads a request, from a JSON body or a query string.
 *
 * @throws {BadRequest} also for a field that Letrics does not have.
 */
export function readQuery(
  what: "contacts" | "companies",
  request: SimulatorRequest,
  rules: LetricsRules,
): LetricsQuery {
  const fields = request.method === "GET" ? fieldsOf(request.query, rules) : readOptionalFields(request.body, "body");
  refuseUnknown(fields, what, rules);
  const perPage = fields["per_page"] === undefined ? 25 : readInteger(fields["per_page"], "per_page");
  const page = fields["page"] === undefined ? 1 : readInteger(fields["page"], "page");
  if (page < 1) throw new BadRequest("page", "must be at least 1");
  if (perPage < 1 || perPage > MAX_PER_PAGE) throw new BadRequest("per_page", `must be 1 to ${MAX_PER_PAGE}`);
  return {
    company: readCompanyFilters(fields),
    contact: what === "contacts" ? readContactFilters(fields, rules) : null,
    page,
    perPage,
  };
}

function readCompanyFilters(fields: Fields): CompanyFilters {
  const list = (name: (typeof COMPANY_LISTS)[number]): AnyOf => lowered(readList(fields[name], name));
  return {
    addedAfterMs: readInstant(fields["added_after"], "added_after") ?? Number.NEGATIVE_INFINITY,
    addedBeforeMs: readInstant(fields["added_before"], "added_before") ?? Number.POSITIVE_INFINITY,
    locations: list("locations"),
    functions: list("functions"),
    industries: list("industries"),
    tlds: list("tlds")?.map((tld) => tld.replace(/^\./, "")) ?? null,
    technologies: list("technologies"),
  };
}

function readContactFilters(fields: Fields, { personalEmailField }: LetricsRules): ContactFilters {
  return {
    jobTitles: lowered(readList(fields["job_titles"], "job_titles")),
    departments: readList(fields["departments"], "departments"),
    seniorities: readList(fields["seniorities"], "seniorities"),
    hasPersonalEmails: readFlag(fields[personalEmailField], personalEmailField),
    hasLinkedInProfile: readFlag(fields["has_linkedin_profile"], "has_linkedin_profile"),
    isDecisionMaker: readFlag(fields["is_decision_maker"], "is_decision_maker"),
  };
}

function refuseUnknown(fields: Fields, what: "contacts" | "companies", { personalEmailField }: LetricsRules): void {
  const contactFields = [...CONTACT_LISTS, ...CONTACT_FLAGS, personalEmailField];
  const known = [...COMPANY_LISTS, ...OTHER_FIELDS, ...(what === "contacts" ? contactFields : [])];
  for (const name of Object.keys(fields)) {
    if (!known.includes(name)) throw new BadRequest(name, "is not a field of this request");
  }
}

/** The values of a query string, as a body would have them. A value of the wrong type stays a text, and is rejected later. */
function fieldsOf(query: SimulatorRequest["query"], { queryArrays }: LetricsRules): Fields {
  const typed = Object.entries(query).map(([name, value]): [string, unknown] => {
    if (LISTS.includes(name)) {
      return [name, queryArrays === "comma" && typeof value === "string" ? value.split(",") : [value].flat()];
    }
    if (value === "true" || value === "false") return [name, value === "true"];
    return [name, typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value];
  });
  return readFields(Object.fromEntries(typed), "query");
}

/** Reads a list of texts; `null` where it is left out or empty. */
function readList(value: unknown, field: string): AnyOf {
  if (value === undefined) return null;
  if (!Array.isArray(value)) throw new BadRequest(field, "must be an array of strings");
  const texts = value.map((item: unknown) => {
    if (typeof item !== "string") throw new BadRequest(field, "must be an array of strings");
    return item;
  });
  return texts.length === 0 ? null : texts;
}

function lowered(values: AnyOf): AnyOf {
  return values?.map((value) => value.toLowerCase()) ?? null;
}

/** Reads a flag; `false` is the same as leaving it out. */
function readFlag(value: unknown, field: string): boolean {
  if (value === undefined) return false;
  if (typeof value !== "boolean") throw new BadRequest(field, "must be a boolean");
  return value;
}

function readInstant(value: unknown, field: string): number | null {
  if (value === undefined) return null;
  const isUtc = typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00)$/.test(value);
  const atMs = isUtc ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(atMs)) throw new BadRequest(field, "must be an instant in UTC, in ISO 8601");
  return atMs;
}
