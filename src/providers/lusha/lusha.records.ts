import { UNKNOWN_COMPANY, type CompanyFields, type Location } from "../../domain/company";
import { toCountry } from "../../domain/country";
import { entityKey, strongestKey, unnamedKey, type EntityKey } from "../../domain/entity-key";
import { toInt, toText } from "../../domain/lenient";
import { UNKNOWN_PERSON, type PersonFields } from "../../domain/person";
import type { RecommendationContent } from "../../domain/recommendation";
import type { CompanyRecord, PersonRecord } from "../../domain/record";
import { linkedinUrl, toDomain, toLinkedinSlug } from "../../domain/web-address";
import { number } from "../http/wire";
import type { LushaRow } from "./lusha.page";
import type { WireCompany, WireContact, WireLookalike } from "./lusha.wire";

/** Lusha gives no reasons and no date. */
const CONTENT: RecommendationContent = { provider: "LUSHA", generatedAt: null, reasons: [], people: [] };

/** The names of a company, in either interface. */
interface CompanyNames {
  readonly companyId: string | null;
  readonly name: string | null;
  readonly domain?: string | null;
  readonly linkedinUrl?: string | null;
}

/** The names of a person. */
interface PersonNames {
  readonly personId: string | null;
  readonly linkedinUrl?: string | null;
}

export function toCompanyRow(wire: WireCompany): LushaRow {
  const { companyId, name, fqdn: domain } = wire;
  return companyRow(toCompanyRecord({ companyId, name, domain }, { description: wire.description }));
}

/** A contact has no domain and no LinkedIn address: contact and company are identified by Lusha's ids only. */
export function toContactRow(wire: WireContact): LushaRow {
  const { companyId, companyName: name, personId } = wire;
  const company = companyId ? toCompanyRecord({ companyId, name }) : null;
  const fields = { ...UNKNOWN_PERSON, fullName: wire.name, jobTitle: wire.jobTitle };
  return personRow(toPersonRecord({ personId }, fields, company, [wire]), company);
}

export function toLookalikeCompanyRow(wire: WireLookalike): LushaRow {
  const location = toLocation(wire);
  const identity = { ...wire, linkedinUrl: wire.linkedinUrl ?? wire.socialLinks?.linkedin ?? null };
  const count = number(wire.employeeCount);
  const record = toCompanyRecord(identity, {
    industries: wire.industry ? [wire.industry] : [],
    employeeCount: toInt(count),
    employeeRange: count === null ? wire.employeeCount : null,
    locations: location ? [location] : [],
  });
  return companyRow(record);
}

/** A person's company without domain and id belongs to this person only. */
export function toLookalikePersonRow(wire: WireLookalike): LushaRow {
  const company = wire.company ? toCompanyRecord(wire.company, {}, [wire]) : null;
  const names = [wire.firstName, wire.lastName].filter((name) => name);
  const identity = { personId: wire.contactId, linkedinUrl: wire.linkedinUrl ?? wire.socialLinks?.linkedin ?? null };
  const fields = {
    ...UNKNOWN_PERSON,
    fullName: wire.name ?? toText(names.join(" ")),
    firstName: wire.firstName,
    lastName: wire.lastName,
    jobTitle: wire.jobTitle?.title ?? null,
    departments: wire.jobTitle?.departments ?? [],
    seniorities: wire.jobTitle?.seniority ? [wire.jobTitle.seniority] : [],
    country: wire.location?.country ? toCountry(wire.location.country) : null,
    location: placeOf(wire),
  };
  return personRow(toPersonRecord(identity, fields, company, [wire]), company);
}

function companyRow(record: CompanyRecord): LushaRow {
  const { providerId } = record;
  return {
    item: { subject: strongestKey(record.keys), content: CONTENT, records: [record] },
    seed: providerId === null ? null : { by: "id", companyId: providerId },
  };
}

function personRow(person: PersonRecord, company: CompanyRecord | null): LushaRow {
  return {
    item: { subject: strongestKey(person.keys), content: CONTENT, records: company ? [person, company] : [person] },
    seed:
      person.providerId === null
        ? null
        : { by: "id", personId: person.providerId, companyId: company?.providerId ?? "" },
  };
}

/** @param context further values that distinguish a company without domain, LinkedIn address and id from others. */
function toCompanyRecord(
  identity: CompanyNames,
  given: Partial<CompanyFields> = {},
  context: readonly unknown[] = [],
): CompanyRecord {
  const id = identity.companyId;
  const domain = identity.domain ? toDomain(identity.domain) : null;
  const slug = identity.linkedinUrl ? toLinkedinSlug("Company", identity.linkedinUrl) : null;
  const keys: EntityKey[] = [
    ...(domain ? [entityKey("Company", "domain", domain)] : []),
    ...(slug ? [entityKey("Company", "linkedin", slug)] : []),
    ...(id ? [entityKey("Company", "lusha", id)] : []),
  ];
  const fields: CompanyFields = {
    ...UNKNOWN_COMPANY,
    name: identity.name,
    domain,
    linkedinUrl: slug ? linkedinUrl("Company", slug) : null,
    ...given,
  };
  return {
    kind: "Company",
    provider: "LUSHA",
    providerId: id,
    keys: keys.length > 0 ? keys : [unnamedKey("Company", "LUSHA", [fields, ...context])],
    fields,
  };
}

/** @param context values that distinguish a person without LinkedIn address and id from others. */
function toPersonRecord(
  identity: PersonNames,
  given: PersonFields,
  company: CompanyRecord | null,
  context: readonly unknown[],
): PersonRecord {
  const id = identity.personId;
  const slug = identity.linkedinUrl ? toLinkedinSlug("Person", identity.linkedinUrl) : null;
  const keys = [
    ...(slug ? [entityKey("Person", "linkedin", slug)] : []),
    ...(id ? [entityKey("Person", "lusha", id)] : []),
  ];
  return {
    kind: "Person",
    provider: "LUSHA",
    providerId: id,
    keys: keys.length > 0 ? keys : [unnamedKey("Person", "LUSHA", context)],
    employer: company && strongestKey(company.keys),
    fields: { ...given, linkedinUrl: slug ? linkedinUrl("Person", slug) : null },
  };
}

function toLocation({ location }: WireLookalike): Location | null {
  if (!location?.country && !location?.city && !location?.state) return null;
  return {
    country: location.country ? toCountry(location.country) : null,
    region: location.state,
    regionCode: null,
    locality: location.city,
    postalCode: null,
    streetAddress: null,
    latitude: null,
    longitude: null,
    primary: true,
  };
}

function placeOf({ location }: WireLookalike): string | null {
  return toText([location?.city, location?.state, location?.country].filter((part) => part).join(", "));
}
