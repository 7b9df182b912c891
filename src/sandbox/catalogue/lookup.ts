import { COMPANY_COUNT, companyAt } from "./companies";
import { hasPerson, personAt } from "./people";

let index: { readonly byDomain: ReadonlyMap<string, number>; readonly bySlug: ReadonlyMap<string, number> } | undefined;

/** Company indexes by domain and by LinkedIn slug; made at the first use. */
function companies(): NonNullable<typeof index> {
  if (index !== undefined) return index;
  const byDomain = new Map<string, number>();
  const bySlug = new Map<string, number>();
  for (let company = 0; company < COMPANY_COUNT; company += 1) {
    const { domain, linkedInSlug } = companyAt(company);
    byDomain.set(domain, company);
    if (linkedInSlug !== null) bySlug.set(linkedInSlug, company);
  }
  index = { byDomain, bySlug };
  return index;
}

/** The index of the company with this domain, in any form: with a scheme, `www.` or a path. */
export function companyWithDomain(text: string): number | null {
  const host = /^(?:https?:\/\/)?(?:www\.)?([^/?#]*)/.exec(text.trim().toLowerCase())?.[1] ?? "";
  return companies().byDomain.get(host) ?? null;
}

/** The index of the company with this LinkedIn page. */
export function companyWithPage(url: string): number | null {
  return companies().bySlug.get(slugIn(url, "company") ?? "") ?? null;
}

/** The number of the person with this LinkedIn profile: the slug ends with the number, except for the first person. */
export function personWithProfile(url: string): number | null {
  const slug = slugIn(url, "in");
  if (slug === null) return null;
  const numbers = [0, Number.parseInt(slug.split("-").at(-1) ?? "", 36)];
  return numbers.find((person) => hasPerson(person) && personAt(person).linkedInSlug === slug) ?? null;
}

function slugIn(url: string, kind: "company" | "in"): string | null {
  const match = /linkedin\.com\/(company|in)\/([^/?#]+)/.exec(url.trim().toLowerCase());
  return match?.[1] === kind ? (match[2] ?? null) : null;
}
