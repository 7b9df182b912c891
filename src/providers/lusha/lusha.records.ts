import { UNKNOWN_COMPANY, type Location } from "../../domain/company";
import { toCountry } from "../../domain/country";
import { anonymousKey, entityKey, strongestKey, type EntityKey } from "../../domain/entity-key";
import { toInt, toText } from "../../domain/lenient";
import { UNKNOWN_PERSON } from "../../domain/person";
import type { RecommendationContent } from "../../domain/recommendation";
import type { CompanyRecord, PersonRecord } from "../../domain/record";
import { linkedinUrl, toDomain, toLinkedinSlug } from "../../domain/web-address";
import type { LushaRow } from "./lusha.page";
import type { WireCompany, WireContact, WireLookalike } from "./lusha.wire";

/** Lusha gives no reasons and no date. */
const CONTENT: RecommendationContent = { provider: "LUSHA", generatedAt: null, reasons: [], people: [] };

/** What tells a company, by whichever interface. */
interface CompanyWords {
  readonly companyId?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly domain?: string | null | undefined;
  readonly linkedinUrl?: string | null | undefined;
}

export function toCompanyRow(wire: WireCompany): LushaRow {
  const record = toCompanyRecord({ companyId: wire.companyId, name: wire.name, domain: wire.fqdn });
  const described = { ...record, fields: { ...record.fields, description: toText(wire.description) } };
  return companyRow(described);
}

/** A contact has neither a domain nor a LinkedIn page: they are known by Lusha's id, and so is their company. */
export function toContactRow(wire: WireContact): LushaRow {
  const company = wire.companyId ? toCompanyRecord({ companyId: wire.companyId, name: wire.companyName }) : null;
  const person: PersonRecord = {
    kind: "Person",
    provider: "LUSHA",
    providerId: wire.personId,
    keys: [entityKey("Person", "lusha", wire.personId)],
    employer: company && strongestKey(company.keys),
    fields: { ...UNKNOWN_PERSON, fullName: toText(wire.name), jobTitle: toText(wire.jobTitle) },
  };
  return personRow(person, company);
}

export function toLookalikeCompanyRow(wire: WireLookalike): LushaRow {
  const record = toCompanyRecord({ ...wire, linkedinUrl: wire.linkedinUrl ?? wire.socialLinks?.linkedin });
  const location = toLocation(wire);
  return companyRow({
    ...record,
    fields: {
      ...record.fields,
      industries: wire.industry ? [wire.industry] : [],
      employeeCount: typeof wire.employeeCount === "number" ? toInt(wire.employeeCount) : null,
      employeeRange: typeof wire.employeeCount === "string" ? toText(wire.employeeCount) : null,
      headquarters: location,
      locations: location ? [location] : [],
    },
  });
}

export function toLookalikePersonRow(wire: WireLookalike): LushaRow {
  const company = wire.company ? toCompanyRecord(wire.company) : null;
  const address = wire.linkedinUrl ?? wire.socialLinks?.linkedin;
  const slug = address ? toLinkedinSlug("Person", address) : null;
  const names = [wire.firstName, wire.lastName].filter((name) => name);
  const keys = [
    ...(slug ? [entityKey("Person", "linkedin", slug)] : []),
    ...(wire.contactId ? [entityKey("Person", "lusha", wire.contactId)] : []),
  ];
  const person: PersonRecord = {
    kind: "Person",
    provider: "LUSHA",
    providerId: wire.contactId ?? null,
    keys: keys.length > 0 ? keys : [anonymousKey("Person", "lusha", [names, wire.name, wire.company, wire.jobTitle])],
    employer: company && strongestKey(company.keys),
    fields: {
      ...UNKNOWN_PERSON,
      fullName: toText(wire.name) ?? toText(names.join(" ")),
      firstName: toText(wire.firstName),
      lastName: toText(wire.lastName),
      jobTitle: toText(wire.jobTitle?.title),
      departments: wire.jobTitle?.departments ?? [],
      seniorities: wire.jobTitle?.seniority ? [wire.jobTitle.seniority] : [],
      country: wire.location?.country ? toCountry(wire.location.country) : null,
      location: placeOf(wire),
      linkedinUrl: slug ? linkedinUrl("Person", slug) : null,
    },
  };
  return personRow(person, company);
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

function toCompanyRecord(words: CompanyWords): CompanyRecord {
  const domain = words.domain ? toDomain(words.domain) : null;
  const slug = words.linkedinUrl ? toLinkedinSlug("Company", words.linkedinUrl) : null;
  const keys: EntityKey[] = [
    ...(domain ? [entityKey("Company", "domain", domain)] : []),
    ...(slug ? [entityKey("Company", "linkedin", slug)] : []),
    ...(words.companyId ? [entityKey("Company", "lusha", words.companyId)] : []),
  ];
  return {
    kind: "Company",
    provider: "LUSHA",
    providerId: words.companyId ?? null,
    keys: keys.length > 0 ? keys : [anonymousKey("Company", "lusha", [words.name])],
    fields: {
      ...UNKNOWN_COMPANY,
      name: toText(words.name),
      domain,
      linkedinUrl: slug ? linkedinUrl("Company", slug) : null,
    },
  };
}

function toLocation({ location }: WireLookalike): Location | null {
  if (!location?.country && !location?.city && !location?.state) return null;
  return {
    country: location.country ? toCountry(location.country) : null,
    region: toText(location.state),
    regionCode: null,
    locality: toText(location.city),
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
