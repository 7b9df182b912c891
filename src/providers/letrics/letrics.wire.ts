import { z } from "zod";
import type { Refusal } from "../http/provider-call";
import { field, flag, id, number, part, parts, rowReader, rows, text, texts, type RowOf } from "../http/wire";

/**
 * Letrics documents its requests and the frame of its answers, not the rows: missing and extra fields are normal, and ids may be
 * strings or numbers.
 *
 * @see Letrics API, Contacts and Companies, read 2026-11-20.
 */
const company = {
  id,
  name: text,
  domain: text,
  linkedin_url: text,
  industries: texts,
  functions: texts,
  technologies: texts,
  location: text,
  employee_count: number,
};

const contact = {
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
  company: part(company),
};

export type WireCompany = RowOf<typeof company>;
export type WireContact = RowOf<typeof contact>;

/** Read a row of `WireRows`. */
export const readCompany = rowReader(company);
export const readContact = rowReader(contact);

/** Why a search failed. `code` is an HTTP status. */
const errorItem = { id: text, code: number, details: text };

/** The answer to a search; its rows are not read yet. */
export const WireRows = z.object({
  data: rows,
  meta: field(part({ total: number, per_page: number })),
  errors: field(parts(errorItem)),
});

const errorsIn = z.object({ errors: field(parts(errorItem)) });

/** Letrics' message for an error: its id and details; `null` where there is none. */
export function letricsWords(body: unknown): string | null {
  const [first] = errorsIn.safeParse(body).data?.errors ?? [];
  return [first?.id, first?.details].filter((words) => words).join(": ") || null;
}

/** Reads the message of an error answer; its code follows from the status. */
export function readLetricsRefusal(_status: number | null, body: unknown): Refusal | null {
  const words = letricsWords(body);
  return words === null ? null : { words };
}

/**
 * A 200 with errors and without rows is an error. On success `errors` may be absent, null or empty.
 *
 * @see Letrics API, Structure and Errors, read 2026-11-20.
 */
export function findLetricsRefusal(body: unknown): { readonly status: number | null } | null {
  const [first] = errorsIn.safeParse(body).data?.errors ?? [];
  const hasRows = z.object({ data: rows.nonempty() }).safeParse(body).success;
  if (!first || hasRows) return null;
  return { status: first.code !== null && first.code >= 400 && first.code < 600 ? first.code : null };
}
