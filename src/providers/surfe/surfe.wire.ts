import { z } from "zod";

/**
 * Surfe's documented shapes. Surfe spells names in more than one way (`linkedInURL`, `linkedinUrl`), so every name is
 * folded to lower case before it is read; names that are not known are dropped, absent ones are `null`.
 *
 * @see Surfe API v2, `POST /v2/recommendations/fetch` and `/icp`, read 2026-11-20.
 */
const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const number = z.number().nullish();

const WireLocation = z.object({
  country: text,
  region: text,
  regioncode: text,
  locality: text,
  postalcode: text,
  streetaddress: text,
  latitude: number,
  longitude: number,
  primary: z.boolean().nullish(),
});
export type WireLocation = z.infer<typeof WireLocation>;

const WirePerson = z.object({
  firstname: text,
  lastname: text,
  jobtitle: text,
  currentjobdescription: text,
  summary: text,
  departments: texts,
  seniorities: texts,
  country: text,
  location: text,
  linkedinurl: text,
});
export type WirePerson = z.infer<typeof WirePerson>;

const WireReason = z.object({
  type: z.string(),
  title: text,
  shortdescription: text,
  description: text,
  score: number,
});

const WireCompany = z.object({
  name: text,
  domain: text,
  linkedinurl: text,
  description: text,
  logo: text,
  industries: texts,
  keywords: texts,
  employeecount: number,
  size: text,
  yearfounded: number,
  hqaddress: text,
  hqcountry: text,
  locations: z.array(WireLocation).nullish(),
  people: z.array(WirePerson).nullish(),
  recommendation: z.object({ id: text, generatedat: text, reasons: z.array(WireReason).nullish() }).nullish(),
});
export type WireCompany = z.infer<typeof WireCompany>;

/** The answer to a fetch. An empty list may be `null`. */
export const WireFetchAnswer = z.preprocess(
  foldNames,
  z.object({
    companies: z.array(WireCompany).nullable(),
    pagination: z.object({ hasmore: z.boolean() }),
  }),
);

/** The answer to an upsert. Nothing in it is needed: what was sent is what is saved. */
export const WireIcpAnswer = z.looseObject({});

function foldNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(foldNames);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.toLowerCase().replace(/[_-]/g, ""), foldNames(inner)]),
  );
}
