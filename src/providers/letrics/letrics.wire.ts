import { z } from "zod";

/**
 * Letrics documents its requests and its envelope, not its items: missing and extra fields are normal, and ids may be
 * strings or numbers.
 *
 * @see Letrics API, Contacts and Companies, read 2026-11-20.
 */
const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const flag = z.boolean().nullish();
const id = z.union([z.string(), z.number()]).nullish();

export const WireCompany = z.object({
  id,
  name: text,
  domain: text,
  linkedin_url: text,
  industries: texts,
  functions: texts,
  technologies: texts,
  location: text,
  employee_count: z.number().nullish(),
});
export type WireCompany = z.infer<typeof WireCompany>;

export const WireContact = z.object({
  id,
  first_name: text,
  last_name: text,
  job_title: text,
  department: text,
  seniority: text,
  is_decision_maker: flag,
  personal_emails: texts,
  linkedin_url: text,
  country: text,
  company: WireCompany.nullish(),
});
export type WireContact = z.infer<typeof WireContact>;

const meta = z.object({ total: z.number().int().nonnegative().nullish() }).nullish();

/** `errors` on success may be absent, null or empty. */
const errors = z.array(z.unknown()).max(0).nullish();

export const WireCompanies = z.object({ data: z.array(WireCompany), meta, errors });
export const WireContacts = z.object({ data: z.array(WireContact), meta, errors });
