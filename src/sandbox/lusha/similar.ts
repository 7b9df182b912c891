import { companyFactsAt } from "../catalogue/companies";
import { knowsCompany, knowsPerson } from "../catalogue/knowledge";
import { companyOf, peopleOf } from "../catalogue/people";
import { hash } from "../catalogue/random";
import type { Kind } from "./ids";
import type { LushaRules } from "./options";

/**
 * What is like the seeds, the most alike first: catalogue indexes, or numbers of people. Never a seed itself; the order of
 * the seeds does not matter; the same seeds bring the same in every process.
 */
export function similarTo(kind: Kind, seeds: readonly number[], rules: LushaRules): readonly number[] {
  const salt = hash(...seeds.toSorted((one, other) => one - other));
  return kind === "companies" ? similarCompanies(seeds, salt, rules) : similarContacts(seeds, salt, rules);
}

/** Those of an industry that a seed is of. */
function similarCompanies(seeds: readonly number[], salt: number, rules: LushaRules): readonly number[] {
  return companiesLike(seeds, salt, rules)
    .filter((company) => !seeds.includes(company))
    .slice(0, rules.setSize);
}

/** People at companies like those of the seeds, colleagues among them. */
function similarContacts(seeds: readonly number[], salt: number, rules: LushaRules): readonly number[] {
  const people: number[] = [];
  for (const company of companiesLike(seeds.map(companyOf), salt, rules)) {
    if (people.length >= rules.setSize) break;
    people.push(...peopleOf(company).filter((one) => knowsPerson("lusha", one) && !seeds.includes(one)));
  }
  return people.slice(0, rules.setSize).sort((one, other) => hash(salt, one) - hash(salt, other));
}

function companiesLike(companies: readonly number[], salt: number, rules: LushaRules): readonly number[] {
  const wanted = new Set(companies.flatMap((company) => companyFactsAt(company).industries));
  const alike: number[] = [];
  for (let company = 0; company < rules.companies; company += 1) {
    if (!knowsCompany("lusha", company)) continue;
    if (companyFactsAt(company).industries.some((industry) => wanted.has(industry))) alike.push(company);
  }
  return alike.sort((one, other) => hash(salt, one) - hash(salt, other));
}
