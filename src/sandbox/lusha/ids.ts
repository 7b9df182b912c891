import { COMPANY_COUNT } from "../catalogue/companies";
import { hasPerson } from "../catalogue/people";

/** The kinds of Lusha's rows. */
export type Kind = "contacts" | "companies";

/** The first company and person of the catalogue have the ids of the example in the documentation. */
const COMPANY_IDS = { first: 6504, step: 37 };
const PERSON_IDS = { first: 675851474, step: 11 };

/** The id of a company. */
export function companyIdOf(company: number): number {
  return COMPANY_IDS.first + company * COMPANY_IDS.step;
}

/** The id of a person. */
export function personIdOf(person: number): number {
  return PERSON_IDS.first + person * PERSON_IDS.step;
}

/** The company index or person number of an id; `null` where the catalogue has none. */
export function indexOf(kind: Kind, id: number): number | null {
  const { first, step } = kind === "companies" ? COMPANY_IDS : PERSON_IDS;
  const index = (id - first) / step;
  if (!Number.isInteger(index) || index < 0) return null;
  const exists = kind === "companies" ? index < COMPANY_COUNT : hasPerson(index);
  return exists ? index : null;
}
