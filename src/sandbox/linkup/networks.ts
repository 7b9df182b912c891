import { createHash } from "node:crypto";
import { knowsPerson } from "../catalogue/knowledge";
import { peopleOf, personAt } from "../catalogue/people";
import { hash } from "../catalogue/random";
import type { LinkUpRules } from "./linkup-options";

/** How far down the list re-ranking reaches. */
const UNSTEADY = 20;

/** Among which one is missed. */
const FIRST_PAGE = 10;

/** Rows that change places with each other. */
const BLOCK = 4;

/** Whom LinkedIn recommends to a session's owner who is seen in a country: numbers of people, the most relevant first. */
export class Networks {
  private readonly lists = new Map<string, readonly number[]>();
  private turn = 0;

  constructor(private readonly rules: LinkUpRules) {}

  /**
   * As it stands now: as long as ever, but with a row missed and one repeated among the first since a re-ranking.
   *
   * @param country ISO 3166 alpha-2, upper case: where the proxy is. People there come first.
   */
  list(loginToken: string, country: string): readonly number[] {
    const key = JSON.stringify([loginToken, country]);
    const list = this.lists.get(key) ?? makeList(loginToken, country, this.rules);
    this.lists.set(key, list);
    return this.turn === 0 ? list : reranked(list, this.turn);
  }

  /** From now on the first rows come in another order. */
  rerank(): void {
    this.turn += 1;
  }
}

/** The same for the same token and country in every process, and nobody in it twice. A token's lists have the same people. */
function makeList(loginToken: string, country: string, { people: most, companies }: LinkUpRules): readonly number[] {
  const salt = createHash("sha256").update(loginToken).digest().readInt32BE();
  const order = Array.from({ length: companies }, (_, company) => company);
  order.sort((one, other) => hash(salt, one) - hash(salt, other));
  const people: number[] = [];
  for (const company of order) {
    if (people.length >= most) break;
    people.push(...peopleOf(company).filter((person) => knowsPerson("linkup", person)));
  }
  const isThere = (person: number): number => (personAt(person).country.code === country ? 1 : 0);
  return people
    .slice(0, most)
    .sort((one, other) => isThere(other) - isThere(one) || hash(salt, one, 1) - hash(salt, other, 1));
}

/** Every second block of the first rows is turned round, another half each time; then one row gives way to a repeat. */
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
