import type { Company } from "./catalogue-model";
import { companyOf, personAt } from "./people";
import { hash } from "./random";

/** A data source: a provider, or "lookalikes", the interface that succeeds Lusha's recommendations. */
export type DataSource = "surfe" | "lusha" | "lookalikes" | "linkup" | "letrics";

/**
 * One of so many is missing (`0`: none is, `Infinity`: all are): companies, people at known companies, and the domains,
 * company pages and profiles of known ones. `salt` gives each data source different gaps.
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

const GAPS: Readonly<Record<DataSource, Gaps>> = {
  surfe: { salt: 0, companies: 0, people: 0, domains: 0, pages: 0, profiles: 0 },
  lusha: { ...LUSHA, domains: 20, pages: Infinity, profiles: Infinity },
  lookalikes: { ...LUSHA, domains: 8, pages: 4, profiles: 4 },
  linkup: { salt: 13, companies: 2, people: 3, domains: Infinity, pages: Infinity, profiles: 0 },
  letrics: { salt: 17, companies: 3, people: 5, domains: 10, pages: 3, profiles: 5 },
};

/** Whether the data source knows the company. All know the first company, with all values. */
export function knowsCompany(source: DataSource, company: number): boolean {
  return isGiven(source, "companies", company, company);
}

/** Whether the data source knows the person, and so their company. LinkUp knows only people with a profile. */
export function knowsPerson(source: DataSource, person: number): boolean {
  const known = knowsCompany(source, companyOf(person)) && isGiven(source, "people", companyOf(person), person);
  return known && (source !== "linkup" || personAt(person).linkedInSlug !== null);
}

/** The domain in the data source's rows of the company; `null` where they have none. */
export function givenDomain(source: DataSource, { index, domain }: Company): string | null {
  return isGiven(source, "domains", index, index) ? domain : null;
}

/** The slug of the LinkedIn page in the rows of the company; `null` where they have none, or it has no page. */
export function givenPage(source: DataSource, { index, linkedInSlug }: Company): string | null {
  return isGiven(source, "pages", index, index) ? linkedInSlug : null;
}

/** The slug of the LinkedIn profile in the rows of the person; `null` where they have none, or the person has no profile. */
export function givenProfile(source: DataSource, person: number): string | null {
  return isGiven(source, "profiles", companyOf(person), person) ? personAt(person).linkedInSlug : null;
}

/** The order is part of the catalogue: the index makes the gaps of different kinds independent. */
const KINDS = ["companies", "people", "domains", "pages", "profiles"] as const;

function isGiven(source: DataSource, what: (typeof KINDS)[number], company: number, of: number): boolean {
  const gaps = GAPS[source];
  const oneOf = gaps[what];
  if (oneOf === 0) return true;
  if (oneOf === Infinity) return false;
  return company === 0 || hash(gaps.salt, KINDS.indexOf(what), of) % oneOf !== 0;
}
