import { z } from "zod";
import { field, flag, number, part, parts, rowReader, rows, text, texts, writtenText, type RowOf } from "../http/wire";

/**
 * Surfe's documented shapes. Surfe writes field names in several ways (`linkedInURL`, `linkedinUrl`), so every name is converted
 * to lower case first. Unknown names are dropped, absent ones are `null`.
 *
 * @see Surfe API v2, `POST /v2/recommendations/fetch` and `/icp`, read 2026-11-20.
 */
const location = {
  country: text,
  region: text,
  regioncode: text,
  locality: text,
  postalcode: text,
  streetaddress: text,
  latitude: number,
  longitude: number,
  primary: flag,
};

const person = {
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
};

const reason = { type: text, title: text, shortdescription: text, description: text, score: number };

const company = {
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
  locations: parts(location),
  people: parts(person),
  recommendation: part({ id: text, generatedat: writtenText, reasons: parts(reason) }),
};

export type WireLocation = RowOf<typeof location>;
export type WirePerson = RowOf<typeof person>;
export type WireCompany = RowOf<typeof company>;

/** Reads a row of `WireFetchAnswer`. */
export const readCompany = rowReader(company);

/**
 * The answer to a fetch; its rows are not read yet. An empty list may be `null`. Without `hasMore`, an answer with rows may have a
 * next page, and an answer without rows is invalid.
 */
export const WireFetchAnswer = z.preprocess(
  (body) => foldNames(body, 0),
  z
    .object({ companies: rows.nullable(), pagination: field(part({ hasmore: flag })) })
    .refine(({ companies, pagination }) => (companies ?? []).length > 0 || pagination?.hasmore != null),
);

const icpAnswer = z.object({ id: field(text), companies: z.unknown().optional(), people: z.unknown().optional() });

/** The answer to an upsert, of any shape or none: Surfe's own id of the profile, and an echo of what it saved. */
export const WireIcpAnswer = z.unknown().transform((body) => icpAnswer.safeParse(body).data ?? null);

/** A value: a text, or an object with one. */
const option = z.union([z.string(), z.object({ value: z.string() }), z.object({ name: z.string() })]);

/** Values in their order, without duplicates; other items are left out. */
const options = z
  .unknown()
  .optional()
  .transform((value): readonly string[] => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [];
    const read = values.flatMap((one) => option.safeParse(one).data ?? []);
    const named = read.map((one) => (typeof one === "string" ? one : "value" in one ? one.value : one.name).trim());
    return [...new Set(named)].filter((one) => one !== "");
  });

/**
 * The answer to Get Filters. Its keys are not documented: any of these is read, and an answer without all of them is invalid.
 *
 * @see Surfe API v1, `GET /v1/people/search/filters`, read 2026-11-20.
 */
export const WireFilterOptions = z.preprocess(
  (body) => foldNames(body, 0),
  z
    .object({ industries: options, departments: options, seniorities: options })
    .refine((all) => Object.values(all).some((values) => values.length > 0)),
);

/** Values nested deeper than this are dropped; the documented shape has six levels. */
const DEEPEST = 10;

/** Converts all field names. If two become equal, the first one with a value is used. */
function foldNames(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth === DEEPEST) return null;
  if (Array.isArray(value)) return value.map((one) => foldNames(one, depth + 1));
  const folded: Record<string, unknown> = {};
  for (const name in value) {
    const key = foldedName(name);
    if (!Object.hasOwn(folded, key) || folded[key] === null)
      folded[key] = foldNames((value as Record<string, unknown>)[name], depth + 1);
  }
  return folded;
}

/** Cache: every row has the same few names. Never wrong: it is a function of the name alone. */
const knownNames = new Map<string, string>();
const MOST_NAMES = 500;

/** Lower case, without `_` and `-`; so it is never `__proto__`. */
function foldedName(name: string): string {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  const folded = name.toLowerCase().replace(/[_-]/g, "");
  if (knownNames.size < MOST_NAMES) knownNames.set(name, folded);
  return folded;
}
