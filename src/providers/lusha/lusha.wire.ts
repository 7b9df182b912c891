import { z } from "zod";
import { field, flag, id, number, part, rowReader, rows, text, texts, type RowOf } from "../http/wire";

/** An answer has at most 100 rows, so a larger number is a mistake, and is ignored. */
const MOST_CREDITS = 1_000_000;

/** The cost that the answer states; `null` where it states none. */
const credits = field((value) => {
  const stated = number(value);
  return stated !== null && stated >= 0 && stated <= MOST_CREDITS ? stated : null;
});

/** @see Lusha API, `POST /api/recommendations/contacts`, read 2026-11-20. */
const contact = { personId: id, companyId: id, name: text, jobTitle: text, companyName: text };
export type WireContact = RowOf<typeof contact>;
export const readContact = rowReader(contact);

/** @see Lusha API, `POST /api/recommendations/companies`, read 2026-11-20. */
const company = { companyId: id, name: text, fqdn: text, description: text };
export type WireCompany = RowOf<typeof company>;
export const readCompany = rowReader(company);

/** The answers; their rows are not read yet. */
const page = { requestId: field(id), creditsCharged: credits };
export const WireContacts = z.object({ ...page, contacts: rows });
export const WireCompanies = z.object({ ...page, companies: rows });

/** The successor, with other field names. @see Lusha API v3, `POST /v3/lookalike/…`, read 2026-11-20. */
const lookalike = {
  contactId: id,
  companyId: id,
  name: text,
  firstName: text,
  lastName: text,
  domain: text,
  linkedinUrl: text,
  socialLinks: part({ linkedin: text }),
  company: part({ companyId: id, name: text, domain: text }),
  jobTitle: part({ title: text, departments: texts, seniority: text }),
  location: part({ country: text, city: text, state: text }),
  /** A number, or a range such as 51-200. */
  employeeCount: text,
  industry: text,
};
export type WireLookalike = RowOf<typeof lookalike>;
export const readLookalike = rowReader(lookalike);

export const WireLookalikes = z.object({
  dedupeSessionId: field(id),
  results: rows,
  meta: field(part({ hasMore: flag })),
  creditsCharged: credits,
});

/** The cost that an answer of any shape states; `null` where it states none. */
export function chargedIn(body: unknown): number | null {
  return z.object({ creditsCharged: credits }).safeParse(body).data?.creditsCharged ?? null;
}
