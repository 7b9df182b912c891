import { UNKNOWN_COMPANY, type CompanyFields, type Location } from "../../domain/company";
import { toCountry } from "../../domain/country";
import { entityKey, strongestKey, unnamedKey, type EntityKey } from "../../domain/entity-key";
import { toInt, toText } from "../../domain/lenient";
import { UNKNOWN_PERSON, type PersonFields } from "../../domain/person";
import type { RecommendationContent } from "../../domain/recommendation";
import type { CompanyRecord, PersonRecord } from "../../domain/record";
import { linkedinUrl, toDomain, toLinkedinSlug } from "../../domain/web-address";
import { readNumber } from "../http/wire";
import type { LushaRow } from "./lusha.page";
import type { WireCompany, WireContact, WireLookalike } from "./lusha.wire";

/** Lusha gives no reasons and no date. */
const CONTENT: RecommendationContent = { provider: "LUSHA", generatedAt: null, reasons: [], people: [] };

/** What tells a company, by whichever interface. */
interface CompanyWords {
  readonly companyId: string | null;
  readonly name: string | null;
  readonly domain?: string | null;
  readonly linkedinUrl?: string | null;
}

/** What tells a person. */
interface PersonWords {
  readonly personId: string | null;
  readonly linkedinUrl?: string | null;
}

export function toCompanyRow(wire: WireCompany): LushaRow {
  const { companyId, name, fqdn: domain } = wire;
  return companyRow(toCompanyRecord({ companyId, name, domain }, { description: wire.description }));
}

/** A contact has neither a domain nor a LinkedIn page: they are known by Lusha's id, and so is their company. */
export function toContactRow(wire: WireContact): LushaRow {
  const { companyId, companyName: name, personId } = wire;
  const company = companyId ? toCompanyRecord({ companyId, name }) : null;
  const fields = { ...UNKNOWN_PERSON, fullName: wire.name, jobTitle: wire.jobTitle };
  return personRow(toPersonRecord({ personId }, fields, company, [wire]), company);
}

export function toLookalikeCompanyRow(wire: WireLookalike): LushaRow {
  const location = toLocation(wire);
  const words = { ...wire, linkedinUrl: wire.linkedinUrl ?? wire.socialLinks?.linkedin ?? null };
  const count = readNumber(wire.employeeCount);
  const record = toCompanyRecord(words, {
    industries: wire.industry ? [wire.industry] : [],
    employeeCount: toInt(count),
    employeeRange: count === null ? wire.employeeCount : null,
    locations: location ? [location] : [],
  });
  return companyRow(record);
}

/** Without a name of its own, the company of a lookalike is that person's alone. */
export function toLookalikePersonRow(wire: WireLookalike): LushaRow {
  const company = wire.company ? toCompanyRecord(wire.company, {}, [wire]) : null;
  const names = [wire.firstName, wire.lastName].filter((name) => name);
  const words = { personId: wire.contactId, linkedinUrl: wire.linkedinUrl ?? wire.socialLinks?.linkedin ?? null };
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
  return personRow(toPersonRecord(words, fields, company, [wire]), company);
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

/** @param context what else tells a company without a name of its own from others. */
function toCompanyRecord(
  words: CompanyWords,
  told: Partial<CompanyFields> = {},
  context: readonly unknown[] = [],
): CompanyRecord {
  const id = words.companyId;
  const domain = words.domain ? toDomain(words.domain) : null;
  const slug = words.linkedinUrl ? toLinkedinSlug("Company", words.linkedinUrl) : null;
  const keys: EntityKey[] = [
    ...(domain ? [entityKey("Company", "domain", domain)] : []),
    ...(slug ? [entityKey("Company", "linkedin", slug)] : []),
    ...(id ? [entityKey("Company", "lusha", id)] : []),
  ];
  const fields: CompanyFields = {
    ...UNKNOWN_COMPANY,
    name: words.name,
    domain,
    linkedinUrl: slug ? linkedinUrl("Company", slug) : null,
    ...told,
  };
  return {
    kind: "Company",
    provider: "LUSHA",
    providerId: id,
    keys: keys.length > 0 ? keys : [unnamedKey("Company", "LUSHA", [fields, ...context])],
    fields,
  };
}

/** Likewise. */
function toPersonRecord(
  words: PersonWords,
  told: PersonFields,
  company: CompanyRecord | null,
  context: readonly unknown[],
): PersonRecord {
  const id = words.personId;
  const slug = words.linkedinUrl ? toLinkedinSlug("Person", words.linkedinUrl) : null;
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
    fields: { ...told, linkedinUrl: slug ? linkedinUrl("Person", slug) : null },
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
