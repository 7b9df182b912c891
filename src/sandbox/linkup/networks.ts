import { createHash } from "node:crypto";
import { knowsPerson } from "../catalogue/knowledge";
import { peopleOf, personAt } from "../catalogue/people";
import { hash } from "../catalogue/random";
import type { LinkUpRules } from "./linkup-options";

/** Number of rows that a new ranking changes. */
const UNSTEADY = 20;

/** Number of first rows among which one is missing. */
const FIRST_PAGE = 10;

/** Number of rows in a block that is reversed. */
const BLOCK = 4;

/** The people that LinkedIn recommends to the owner of a session, by country: numbers of people, most relevant first. */
export class Networks {
  private readonly lists = new Map<string, readonly number[]>();
  private turn = 0;

  constructor(private readonly rules: LinkUpRules) {}

  /**
   * The current list. After a new ranking it has the same length, but one row is missing and one occurs twice.
   *
   * @param country ISO 3166 alpha-2, upper case: the location of the proxy. People there come first.
   */
  list(loginToken: string, country: string): readonly number[] {
    const key = JSON.stringify([loginToken, country]);
    const list = this.lists.get(key) ?? makeList(loginToken, country, this.rules);
    this.lists.set(key, list);
    return this.turn === 0 ? list : reranked(list, this.turn);
  }

  /** Changes the ranking of the first rows. */
  rerank(): void {
    this.turn += 1;
  }
}

/** The list for a token and country: the same in every process, without duplicates. All lists of a token have the same people. */
function makeList(loginToken: string, country: string, { people: most, companies }: LinkUpRules): readonly number[] {
  const salt = createHash("sha256").update(loginToken).digest().readInt32BE();
  const order = sortedBy(
    Array.from({ length: companies }, (_, company) => company),
    (company) => hash(salt, company),
  );
  const people: number[] = [];
  for (const company of order) {
    if (people.length >= most) break;
    people.push(...peopleOf(company).filter((person) => knowsPerson("linkup", person)));
  }
  const inOrder = sortedBy(people.slice(0, most), (person) => hash(salt, person, 1));
  const isThere = (person: number): boolean => personAt(person).country.code === country;
  return [...inOrder.filter(isThere), ...inOrder.filter((person) => !isThere(person))];
}

/** Sorted by a value that is computed once for each. */
function sortedBy(numbers: readonly number[], valueOf: (one: number) => number): readonly number[] {
  const valued = numbers.map((one) => ({ one, value: valueOf(one) }));
  return valued.sort((one, other) => one.value - other.value).map(({ one }) => one);
}

/** Reverses every second block of the first rows, other blocks each time; then replaces one row by a repetition. */
function reranked(list: readonly number[], turn: number): readonly number[] {
  const rows = [...list];
  const unsteady = Math.min(UNSTEADY, rows.length);
  for (let at = (turn % 2) * BLOCK; at < unsteady; at += 2 * BLOCK) {
    rows.splice(at, BLOCK, ...rows.slice(at, at + BLOCK).reverse());
  }
  if (unsteady < 2) return rows;
  const missed = hash(turn, 1) % Math.min(FIRST_PAGE, unsteady);
  const repeated = rows[(missed + 1 + (hash(turn, 2) % (unsteady - 1))) % unsteady];
  return repeated === undefined ? rows : rows.with(missed, repeated);
}
