import { COMPANY_COUNT, companyAt } from "../catalogue/companies";
import { knowsCompany, knowsPerson } from "../catalogue/knowledge";
import { peopleOf } from "../catalogue/people";
import { rankOf } from "../catalogue/relevance";
import type { CompanyFilters, LetricsQuery } from "./filters";
import { matchesCompany, matchesContact } from "./letrics-matching";
import type { LetricsRules } from "./letrics-options";

/** Seed of Letrics' part of a rank. */
const SALT = 17;

/** Number of cached query results: paging through a few queries at a time needs one walk through the companies for each. */
const KEPT = 16;

/** The companies and contacts of Letrics, in its order. */
export class Listing {
  /** Company indexes with their creation time in ms; in the configured order. */
  private companies: readonly (readonly [company: number, createdAtMs: number])[] | null = null;
  /** The companies that were inserted. */
  private readonly inserted = new Map<number, number>();
  private readonly found = new Map<string, readonly number[]>();
  private bound: number;

  constructor(private readonly rules: LetricsRules) {
    this.bound = Math.min(rules.companies, COMPANY_COUNT);
  }

  /** All matches of the query: company indexes, or numbers of people. */
  matching(query: LetricsQuery): readonly number[] {
    const key = JSON.stringify([query.company, query.contact]);
    const found = this.found.get(key) ?? this.search(query);
    this.found.delete(key);
    this.found.set(key, found);
    const [oldest = key] = this.found.keys();
    if (this.found.size > KEPT) this.found.delete(oldest);
    return found;
  }

  /** Inserts that many more companies of the catalogue, created just after all requests so far. */
  insert(count: number): void {
    const createdAtMs = this.rules.now() + 1;
    let left = count;
    for (; left > 0 && this.bound < COMPANY_COUNT; this.bound += 1) {
      if (!knowsCompany("letrics", this.bound)) continue;
      this.inserted.set(this.bound, createdAtMs);
      left -= 1;
    }
    this.companies = null;
    this.found.clear();
  }

  createdAtMs(company: number): number {
    return this.inserted.get(company) ?? Date.parse(companyAt(company).createdAt);
  }

  private search({ company: wanted, contact }: LetricsQuery): readonly number[] {
    const matching = this.ordered().flatMap(([company, createdAtMs]) => {
      const isWithin = wanted.addedAfterMs <= createdAtMs && createdAtMs <= wanted.addedBeforeMs;
      return isWithin && matchesCompany(companyAt(company), wanted) ? company : [];
    });
    const companies = this.rules.order === "relevance" ? byRelevance(matching, wanted) : matching;
    if (contact === null) return companies;
    return companies
      .flatMap(peopleOf)
      .filter((person) => knowsPerson("letrics", person) && matchesContact(person, contact));
  }

  private ordered(): NonNullable<typeof this.companies> {
    if (this.companies !== null) return this.companies;
    const known = Array.from({ length: this.bound }, (_, company) => company).filter((company) =>
      knowsCompany("letrics", company),
    );
    const sign = this.rules.order === "oldest-first" ? 1 : -1;
    this.companies = known
      .map((company) => [company, this.createdAtMs(company)] as const)
      .sort(([one, oneMs], [other, otherMs]) => sign * (oneMs - otherMs) || one - other);
    return this.companies;
  }
}

/** Ranks by relevance. Locations match or do not match, so they do not change the rank. */
function byRelevance(companies: readonly number[], { industries }: CompanyFilters): readonly number[] {
  const target = { industries: industries && new Set(industries), places: null, employeeCount: null, revenueUsd: null };
  const ranks = new Map(companies.map((one) => [one, rankOf(one, companyAt(one), target, SALT)]));
  return companies.toSorted((one, other) => (ranks.get(other) ?? 0) - (ranks.get(one) ?? 0));
}
