import type { Location } from "../../domain/company";
import { toCountry } from "../../domain/country";
import { anonymousKey, entityKey, strongestKey, type EntityKey } from "../../domain/entity-key";
import { toInstant, toInt } from "../../domain/lenient";
import { UNKNOWN_PERSON } from "../../domain/person";
import type { RecommendationContent } from "../../domain/recommendation";
import type { CompanyRecord, PersonRecord } from "../../domain/record";
import { linkedinUrl, toDomain, toLinkedinSlug } from "../../domain/web-address";
import type { NewItem } from "../../feeds/feed-store";
import type { WireCompany, WireLocation, WirePerson } from "./surfe.wire";

/** A row of Surfe's answer: the company as subject, its contacts, and why it is recommended. */
export function toItem(wire: WireCompany): NewItem {
  const company = toCompanyRecord(wire);
  const subject = strongestKey(company.keys);
  const people = (wire.people ?? []).map((person) => toPersonRecord(person, subject));
  return {
    subject,
    content: toContent(wire, [...new Set(people.map(({ keys }) => strongestKey(keys)))]),
    records: [company, ...people],
  };
}

/** What names the company: its domain, its LinkedIn page; where it has neither, the recommendation or what else is said. */
function companyKeys(wire: WireCompany): readonly EntityKey[] {
  const domain = wire.domain ? toDomain(wire.domain) : null;
  const slug = wire.linkedinurl ? toLinkedinSlug("Company", wire.linkedinurl) : null;
  const keys = [
    ...(domain ? [entityKey("Company", "domain", domain)] : []),
    ...(slug ? [entityKey("Company", "linkedin", slug)] : []),
  ];
  if (keys.length > 0) return keys;
  const id = wire.recommendation?.id;
  return [
    id
      ? entityKey("Company", "surfe", id)
      : anonymousKey("Company", "surfe", [wire.name, wire.hqaddress, wire.hqcountry]),
  ];
}

function toCompanyRecord(wire: WireCompany): CompanyRecord {
  const keys = companyKeys(wire);
  const slug = wire.linkedinurl ? toLinkedinSlug("Company", wire.linkedinurl) : null;
  const locations = (wire.locations ?? []).map(toLocation);
  return {
    kind: "Company",
    provider: "SURFE",
    providerId: null,
    keys,
    fields: {
      name: wire.name ?? null,
      domain: wire.domain ? toDomain(wire.domain) : null,
      linkedinUrl: slug ? linkedinUrl("Company", slug) : null,
      description: wire.description ?? null,
      logoUrl: wire.logo ?? null,
      industries: wire.industries ?? [],
      keywords: wire.keywords ?? [],
      technologies: [],
      functions: [],
      employeeCount: toInt(wire.employeecount),
      employeeRange: wire.size ?? null,
      yearFounded: toInt(wire.yearfounded),
      headquarters: toHeadquarters(wire, locations),
      locations,
    },
  };
}

/** The location that the headquarters' address names, where one does; else the address as given; else the primary one. */
function toHeadquarters({ hqaddress, hqcountry }: WireCompany, locations: readonly Location[]): Location | null {
  if (!hqaddress && !hqcountry) return locations.find(({ primary }) => primary) ?? null;
  const country = hqcountry ? toCountry(hqcountry) : null;
  const address = hqaddress?.toLowerCase() ?? "";
  const named = locations.find(
    (location) =>
      location.locality !== null &&
      address.includes(location.locality.toLowerCase()) &&
      (country === null || location.country === country),
  );
  return named ?? { ...NOWHERE, country, streetAddress: hqaddress ?? null };
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
    region: wire.region ?? null,
    regionCode: wire.regioncode ?? null,
    locality: wire.locality ?? null,
    postalCode: wire.postalcode ?? null,
    streetAddress: wire.streetaddress ?? null,
    latitude: wire.latitude ?? null,
    longitude: wire.longitude ?? null,
    primary: wire.primary ?? false,
  };
}

/** A person without a LinkedIn page is known only as this contact of this company. */
function toPersonRecord(wire: WirePerson, employer: EntityKey): PersonRecord {
  const slug = wire.linkedinurl ? toLinkedinSlug("Person", wire.linkedinurl) : null;
  const names = [wire.firstname, wire.lastname].filter((name) => name);
  return {
    kind: "Person",
    provider: "SURFE",
    providerId: null,
    keys: [
      slug
        ? entityKey("Person", "linkedin", slug)
        : anonymousKey("Person", "surfe", [employer, wire.firstname, wire.lastname, wire.jobtitle]),
    ],
    employer,
    fields: {
      ...UNKNOWN_PERSON,
      fullName: names.join(" ") || null,
      firstName: wire.firstname ?? null,
      lastName: wire.lastname ?? null,
      jobTitle: wire.jobtitle ?? null,
      jobDescription: wire.currentjobdescription ?? null,
      summary: wire.summary ?? null,
      departments: wire.departments ?? [],
      seniorities: wire.seniorities ?? [],
      country: wire.country ? toCountry(wire.country) : null,
      location: wire.location ?? null,
      linkedinUrl: slug ? linkedinUrl("Person", slug) : null,
    },
  };
}

function toContent({ recommendation }: WireCompany, people: readonly EntityKey[]): RecommendationContent {
  return {
    provider: "SURFE",
    generatedAt: toInstant(recommendation?.generatedat),
    reasons: (recommendation?.reasons ?? []).map((reason) => ({
      provider: "SURFE",
      type: reason.type,
      title: reason.title ?? null,
      shortDescription: reason.shortdescription ?? null,
      description: reason.description ?? null,
      score: toInt(reason.score),
    })),
    people,
  };
}
