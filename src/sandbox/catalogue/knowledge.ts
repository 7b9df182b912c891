import type { Company } from "./catalogue-model";
import { companyOf, personAt } from "./people";
import { hash } from "./random";

/** Who tells of the catalogue: a provider, or ("lookalikes") the interface that succeeds Lusha's recommendations. */
export type Teller = "surfe" | "lusha" | "lookalikes" | "linkup" | "letrics";

/**
 * Of how many one is missing (`0`: none): of the companies, of the people at those it knows, of the domains, company pages
 * and profiles of those it tells of; `Infinity`: all. `salt` makes each one's gaps its own.
 */
interface Gaps {
  readonly salt: number;
  readonly companies: number;
  readonly people: number;
  readonly domains: number;
  readonly pages: number;
  readonly profiles: number;
}

const LUSHA = { salt: 11, companies: 4, people: 4 };

const GAPS: Readonly<Record<Teller, Gaps>> = {
  surfe: { salt: 0, companies: 0, people: 0, domains: 0, pages: 0, profiles: 0 },
  lusha: { ...LUSHA, domains: 20, pages: Infinity, profiles: Infinity },
  lookalikes: { ...LUSHA, domains: 8, pages: 4, profiles: 4 },
  linkup: { salt: 13, companies: 2, people: 3, domains: Infinity, pages: Infinity, profiles: 0 },
  letrics: { salt: 17, companies: 3, people: 5, domains: 10, pages: 3, profiles: 5 },
};

/** Whether it knows the company; all know the first one, and everything of it. */
export function knowsCompany(teller: Teller, company: number): boolean {
  return isTold(teller, "companies", company, company);
}

/** Whether it knows the person, whose company it then knows too. LinkUp knows nobody without a profile. */
export function knowsPerson(teller: Teller, person: number): boolean {
  const known = knowsCompany(teller, companyOf(person)) && isTold(teller, "people", companyOf(person), person);
  return known && (teller !== "linkup" || personAt(person).linkedInSlug !== null);
}

/** The domain it names the company by, plainly spelt; `null` where it names none. */
export function domainTold(teller: Teller, { index, domain }: Company): string | null {
  return isTold(teller, "domains", index, index) ? domain : null;
}

/** The slug of the LinkedIn page it names the company by; `null` where it names none or there is none. */
export function pageTold(teller: Teller, { index, linkedInSlug }: Company): string | null {
  return isTold(teller, "pages", index, index) ? linkedInSlug : null;
}

/** The slug of the LinkedIn profile it names the person by; `null` where it names none or there is none. */
export function profileTold(teller: Teller, person: number): string | null {
  return isTold(teller, "profiles", companyOf(person), person) ? personAt(person).linkedInSlug : null;
}

/** Their order is part of the catalogue: it keeps the gaps of one kind apart from those of another. */
const KINDS = ["companies", "people", "domains", "pages", "profiles"] as const;

function isTold(teller: Teller, what: (typeof KINDS)[number], company: number, of: number): boolean {
  const gaps = GAPS[teller];
  const oneOf = gaps[what];
  if (oneOf === 0) return true;
  if (oneOf === Infinity) return false;
  return company === 0 || hash(gaps.salt, KINDS.indexOf(what), of) % oneOf !== 0;
}
