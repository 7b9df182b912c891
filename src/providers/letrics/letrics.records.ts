import { UNKNOWN_COMPANY, type CompanyFields, type Location } from "../../domain/company";
import { toCountry } from "../../domain/country";
import { entityKey, strongestKey, unnamedKey, type EntityKey } from "../../domain/entity-key";
import { toInt } from "../../domain/lenient";
import { UNKNOWN_PERSON, type PersonFields } from "../../domain/person";
import type { Range } from "../../domain/profile";
import type { RecommendationContent } from "../../domain/recommendation";
import type { CompanyRecord, PersonRecord } from "../../domain/record";
import { linkedinUrl, toDomain, toLinkedinSlug } from "../../domain/web-address";
import type { NewItem } from "../../feeds/feed/feed-model";
import type { LetricsQuery } from "./letrics.query";
import type { WireCompany, WireContact } from "./letrics.wire";

/** Letrics gives no reasons and no date. */
const CONTENT: RecommendationContent = { provider: "LETRICS", generatedAt: null, reasons: [], people: [] };

/** A row of a company search: a search result, or a recommendation where `recommend` is set and the row matches it. */
export function toCompanyItem(wire: WireCompany, recommend?: LetricsQuery["recommend"]): NewItem {
  const record = toCompanyRecord(wire, []);
  const isRecommended = recommend !== undefined && mayLieIn(recommend.employeeCount, record.fields.employeeCount);
  return { subject: strongestKey(record.keys), content: isRecommended ? CONTENT : null, records: [record] };
}

/** Whether the value lies in the range; an unknown value lies in every range. */
function mayLieIn(range: Range | null, value: number | null): boolean {
  return value === null || ((range?.from ?? value) <= value && value <= (range?.to ?? value));
}

/** A row of a contact search, with its company. A company without domain, LinkedIn address and id belongs to this contact only. */
export function toContactItem(wire: WireContact): NewItem {
  const company = wire.company ? toCompanyRecord(wire.company, [wire]) : null;
  const person = toPersonRecord(wire, company && strongestKey(company.keys));
  return { subject: strongestKey(person.keys), content: null, records: company ? [person, company] : [person] };
}

/** @param context further values that distinguish a company without domain, LinkedIn address and id from others. */
function toCompanyRecord(wire: WireCompany, context: readonly unknown[]): CompanyRecord {
  const domain = wire.domain ? toDomain(wire.domain) : null;
  const slug = wire.linkedin_url ? toLinkedinSlug("Company", wire.linkedin_url) : null;
  const { id } = wire;
  const keys = [
    ...(domain ? [entityKey("Company", "domain", domain)] : []),
    ...(slug ? [entityKey("Company", "linkedin", slug)] : []),
    ...(id === null ? [] : [entityKey("Company", "letrics", id)]),
  ];
  const fields: CompanyFields = {
    ...UNKNOWN_COMPANY,
    name: wire.name,
    domain,
    linkedinUrl: slug ? linkedinUrl("Company", slug) : null,
    industries: wire.industries,
    functions: wire.functions,
    technologies: wire.technologies,
    employeeCount: toInt(wire.employee_count),
    locations: wire.location ? [toLocation(wire.location)] : [],
  };
  return {
    kind: "Company",
    provider: "LETRICS",
    providerId: id,
    keys: keys.length > 0 ? keys : [unnamedKey("Company", "LETRICS", [fields, ...context])],
    fields,
  };
}

/** Letrics gives one location as text: a country where it is recognised, else the whole address. */
function toLocation(text: string): Location {
  const country = toCountry(text);
  const isCountry = /^[A-Z]{2}$/.test(country);
  return {
    country: isCountry ? country : null,
    region: null,
    regionCode: null,
    locality: null,
    postalCode: null,
    streetAddress: isCountry ? null : text,
    latitude: null,
    longitude: null,
    primary: true,
  };
}

function toPersonRecord(wire: WireContact, employer: EntityKey | null): PersonRecord {
  const slug = wire.linkedin_url ? toLinkedinSlug("Person", wire.linkedin_url) : null;
  const { id } = wire;
  const keys = [
    ...(slug ? [entityKey("Person", "linkedin", slug)] : []),
    ...(id === null ? [] : [entityKey("Person", "letrics", id)]),
  ];
  const names = [wire.first_name, wire.last_name].filter((name) => name);
  const fields: PersonFields = {
    ...UNKNOWN_PERSON,
    fullName: names.join(" ") || null,
    firstName: wire.first_name,
    lastName: wire.last_name,
    jobTitle: wire.job_title,
    departments: wire.department ? [wire.department] : [],
    seniorities: wire.seniority ? [wire.seniority] : [],
    isDecisionMaker: wire.is_decision_maker,
    emails: wire.personal_emails,
    country: wire.country ? toCountry(wire.country) : null,
    linkedinUrl: slug ? linkedinUrl("Person", slug) : null,
  };
  return {
    kind: "Person",
    provider: "LETRICS",
    providerId: id,
    keys: keys.length > 0 ? keys : [unnamedKey("Person", "LETRICS", [employer, fields])],
    employer,
    fields,
  };
}
