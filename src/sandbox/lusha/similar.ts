import { companyFactsAt } from "../catalogue/companies";
import { jobLikeness } from "../catalogue/jobs";
import { knowsCompany, knowsPerson } from "../catalogue/knowledge";
import { companyOf, peopleOf, personAt } from "../catalogue/people";
import { hash } from "../catalogue/random";
import { rankOf, type Target } from "../catalogue/relevance";
import type { Kind } from "./ids";
import type { LushaRules } from "./lusha-options";

/** Seed of Lusha's part of a rank. */
const SALT = 11;

/** Number of companies, most similar first, at which similar people are searched besides the seeds' own. */
const COMPANIES_WITH_PEOPLE = 300;

/** An index or number with its similarity. */
interface Ranked {
  readonly one: number;
  readonly rank: number;
}

/**
 * The companies or people similar to the seeds, most similar first: catalogue indexes, or numbers of people. Without the
 * seeds. The order of the seeds makes no difference, and every process gives the same result.
 */
export function similarTo(kind: Kind, seeds: readonly number[], rules: LushaRules): readonly number[] {
  const ranked = kind === "companies" ? similarCompanies(seeds, rules) : similarContacts(seeds, rules);
  return ranked
    .filter(({ one }) => !seeds.includes(one))
    .slice(0, rules.setSize)
    .map(({ one }) => one);
}

/** Companies of the same industries as a seed: of similar size, near the seeds, and well known. */
function similarCompanies(seeds: readonly number[], rules: LushaRules): readonly Ranked[] {
  const target = targetLike(seeds);
  const salt = hash(SALT, ...seeds.toSorted((one, other) => one - other));
  const alike: Ranked[] = [];
  for (let company = 0; company < rules.companies; company += 1) {
    if (!knowsCompany("lusha", company)) continue;
    const facts = companyFactsAt(company);
    if (!facts.industries.some((industry) => target.industries.has(industry.toLowerCase()))) continue;
    alike.push({ one: company, rank: rankOf(company, facts, target, salt) });
  }
  return bestFirst(alike);
}

/** People with jobs similar to those of the seeds, at similar companies; colleagues of seeds first. */
function similarContacts(seeds: readonly number[], rules: LushaRules): readonly Ranked[] {
  const employers = seeds.map(companyOf);
  const companies = similarCompanies(employers, rules).filter(
    ({ one }, place) => place < COMPANIES_WITH_PEOPLE || employers.includes(one),
  );
  return bestFirst(
    companies.flatMap(({ one: company, rank }) =>
      peopleOf(company)
        .filter((person) => knowsPerson("lusha", person))
        .map((one) => ({ one, rank: likeness(one, seeds) + (employers.includes(company) ? 0.5 : 0.3 * rank) })),
    ),
  );
}

function likeness(person: number, seeds: readonly number[]): number {
  return Math.max(...seeds.map((seed) => jobLikeness(personAt(person), personAt(seed))));
}

/**
 * The criteria that the seeds have in common: industries, countries and regions, and sizes from a third to three times theirs.
 */
function targetLike(companies: readonly number[]): Target & { readonly industries: ReadonlySet<string> } {
  const facts = companies.map(companyFactsAt);
  const lowered = (texts: readonly string[]): ReadonlySet<string> => new Set(texts.map((text) => text.toLowerCase()));
  const sizes = facts.map(({ employeeCount }) => employeeCount);
  return {
    industries: lowered(facts.flatMap(({ industries }) => industries)),
    places: lowered(facts.flatMap(({ country: { code, regions } }) => [code, ...regions.slice(-1)])),
    employeeCount: { from: Math.min(...sizes) / 3, to: Math.max(...sizes) * 3 },
    revenueUsd: null,
  };
}

function bestFirst(ranked: readonly Ranked[]): readonly Ranked[] {
  return ranked.toSorted((one, other) => other.rank - one.rank);
}
