import type { CompanyFields, Location } from "../../domain/company";
import { toCountry } from "../../domain/country";
import { entityKey, strongestKey, unnamedKey, type EntityKey } from "../../domain/entity-key";
import { toInstant, toInt } from "../../domain/lenient";
import { UNKNOWN_PERSON, type PersonFields } from "../../domain/person";
import type { RecommendationContent } from "../../domain/recommendation";
import type { CompanyRecord, PersonRecord } from "../../domain/record";
import { linkedinUrl, toDomain, toLinkedinSlug, type LinkedinSlug } from "../../domain/web-address";
import type { NewItem } from "../../feeds/feed/feed-model";
import type { WireCompany, WireLocation, WirePerson } from "./surfe.wire";

/** A row of Surfe's answer: the company as subject, its contacts, and why it is recommended. */
export function toItem(wire: WireCompany): NewItem {
  const company = toCompanyRecord(wire);
  const subject = strongestKey(company.keys);
  const people = wire.people.map((person) => toPersonRecord(person, subject));
  return {
    subject,
    content: toContent(wire, [...new Set(people.map(({ keys }) => strongestKey(keys)))]),
    records: [company, ...people],
  };
}

/** The keys of the company: its domain and LinkedIn address; without them the id of the recommendation, or a hash of all values. */
function companyKeys(wire: WireCompany, slug: LinkedinSlug | null, fields: CompanyFields): readonly EntityKey[] {
  const keys = [
    ...(fields.domain ? [entityKey("Company", "domain", fields.domain)] : []),
    ...(slug ? [entityKey("Company", "linkedin", slug)] : []),
  ];
  if (keys.length > 0) return keys;
  const id = wire.recommendation?.id;
  return [id ? entityKey("Company", "surfe", id) : unnamedKey("Company", "SURFE", [fields])];
}

function toCompanyRecord(wire: WireCompany): CompanyRecord {
  const slug = slugOf("Company", wire.linkedinurl);
  const fields = toCompanyFields(wire, slug);
  return { kind: "Company", provider: "SURFE", providerId: null, keys: companyKeys(wire, slug, fields), fields };
}

function toCompanyFields(wire: WireCompany, slug: LinkedinSlug | null): CompanyFields {
  const locations = wire.locations.map(toLocation);
  return {
    name: wire.name,
    domain: wire.domain ? toDomain(wire.domain) : null,
    linkedinUrl: slug ? linkedinUrl("Company", slug) : null,
    description: wire.description,
    logoUrl: wire.logo,
    industries: wire.industries,
    keywords: wire.keywords,
    technologies: [],
    functions: [],
    employeeCount: toInt(wire.employeecount),
    employeeRange: wire.size,
    yearFounded: toInt(wire.yearfounded),
    headquarters: toHeadquarters(wire, locations),
    locations,
  };
}

function slugOf(kind: "Company" | "Person", address: string | null): LinkedinSlug | null {
  return address ? toLinkedinSlug(kind, address) : null;
}

/** The location whose city is in the headquarters' address, with that address; without such a location, the address only. */
function toHeadquarters({ hqaddress, hqcountry }: WireCompany, locations: readonly Location[]): Location | null {
  if (!hqaddress && !hqcountry) return null;
  const country = hqcountry ? toCountry(hqcountry) : null;
  const address = hqaddress?.toLowerCase() ?? "";
  const named = locations.find(
    (location) =>
      location.locality !== null &&
      address.includes(location.locality.toLowerCase()) &&
      (country === null || location.country === country),
  );
  return named
    ? { ...named, streetAddress: named.streetAddress ?? hqaddress }
    : { ...NOWHERE, country, streetAddress: hqaddress };
}

const NOWHERE: Location = {
  country: null,
  region: null,
  regionCode: null,
  locality: null,
  postalCode: null,
  streetAddress: null,
  latitude: null,
  longitude: null,
  primary: false,
};

function toLocation(wire: WireLocation): Location {
  return {
    country: wire.country ? toCountry(wire.country) : null,
    region: wire.region,
    regionCode: wire.regioncode,
    locality: wire.locality,
    postalCode: wire.postalcode,
    streetAddress: wire.streetaddress,
    latitude: wire.latitude,
    longitude: wire.longitude,
    primary: wire.primary ?? false,
  };
}

/** A person without a LinkedIn address is identified by company and all values, so only as this contact. */
function toPersonRecord(wire: WirePerson, employer: EntityKey): PersonRecord {
  const slug = slugOf("Person", wire.linkedinurl);
  const names = [wire.firstname, wire.lastname].filter((name) => name);
  const fields: PersonFields = {
    ...UNKNOWN_PERSON,
    fullName: names.join(" ") || null,
    firstName: wire.firstname,
    lastName: wire.lastname,
    jobTitle: wire.jobtitle,
    jobDescription: wire.currentjobdescription,
    summary: wire.summary,
    departments: wire.departments,
    seniorities: wire.seniorities,
    country: wire.country ? toCountry(wire.country) : null,
    location: wire.location,
    linkedinUrl: slug ? linkedinUrl("Person", slug) : null,
  };
  const key = slug ? entityKey("Person", "linkedin", slug) : unnamedKey("Person", "SURFE", [employer, fields]);
  return { kind: "Person", provider: "SURFE", providerId: null, keys: [key], employer, fields };
}

function toContent({ recommendation }: WireCompany, people: readonly EntityKey[]): RecommendationContent {
  return {
    provider: "SURFE",
    ...(recommendation?.id ? { providerId: recommendation.id } : {}),
    generatedAt: toInstant(recommendation?.generatedat),
    reasons: (recommendation?.reasons ?? []).map((reason) => ({
      provider: "SURFE",
      type: reason.type ?? "UNKNOWN",
      title: reason.title,
      shortDescription: reason.shortdescription,
      description: reason.description,
      score: toInt(reason.score),
    })),
    people,
  };
}
