import { z } from "zod";

/** Lusha's ids are strings in one place and numbers in another; strings are kept. */
const id = z.union([z.string(), z.number()]).transform(String);
const text = z.string().nullish();
const credits = z.number().nonnegative().nullish();

/** @see Lusha API, `POST /api/recommendations/contacts`, read 2026-11-20. */
const WireContact = z.object({ personId: id, companyId: id.nullish(), name: text, jobTitle: text, companyName: text });
export type WireContact = z.infer<typeof WireContact>;

/** @see Lusha API, `POST /api/recommendations/companies`, read 2026-11-20. */
const WireCompany = z.object({ companyId: id, name: text, fqdn: text, description: text });
export type WireCompany = z.infer<typeof WireCompany>;

const page = { requestId: id.nullish(), creditsCharged: credits };
export const WireContacts = z.object({ ...page, contacts: z.array(WireContact) });
export const WireCompanies = z.object({ ...page, companies: z.array(WireCompany) });

/** The successor: the same job under other names. @see Lusha API v3, `POST /v3/lookalike/…`, read 2026-11-20. */
const WireLookalike = z.object({
  contactId: id.nullish(),
  companyId: id.nullish(),
  name: text,
  firstName: text,
  lastName: text,
  domain: text,
  linkedinUrl: text,
  socialLinks: z.object({ linkedin: text }).nullish(),
  company: z.object({ companyId: id.nullish(), name: text, domain: text }).nullish(),
  jobTitle: z
    .object({
      title: text,
      departments: z.array(z.string()).nullish(),
      seniority: text,
    })
    .nullish(),
  location: z.object({ country: text, city: text, state: text }).nullish(),
  employeeCount: z.union([z.number(), z.string()]).nullish(),
  industry: text,
});
export type WireLookalike = z.infer<typeof WireLookalike>;

export const WireLookalikes = z.object({
  dedupeSessionId: id.nullish(),
  results: z.array(WireLookalike),
  meta: z.object({ hasMore: z.boolean().nullish() }).nullish(),
  creditsCharged: credits,
});
