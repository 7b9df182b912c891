import { knowsCompany, knowsPerson } from "../catalogue/knowledge";
import { companyOf } from "../catalogue/people";
import { BadRequest } from "../simulator/fields";
import type { Kind } from "./ids";
import type { LushaRules } from "./lusha-options";

/** A seed as it was sent, and its index in the catalogue; `null` where the catalogue has none. */
export interface Seed {
  readonly field: string;
  readonly sent: string;
  readonly index: number | null;
}

/**
 * The seeds that Lusha knows, without duplicates.
 *
 * @throws {BadRequest} one is unknown, and the rules reject that.
 */
export function knownSeeds(kind: Kind, seeds: readonly Seed[], rules: LushaRules): readonly number[] {
  const known = new Set<number>();
  for (const { field, sent, index } of seeds) {
    if (index !== null && isKnown(kind, index, rules)) known.add(index);
    else if (rules.unknownSeeds === "reject") throw new BadRequest(field, `does not know "${sent}"`);
  }
  return [...known];
}

function isKnown(kind: Kind, index: number, { companies }: LushaRules): boolean {
  return kind === "companies"
    ? index < companies && knowsCompany("lusha", index)
    : companyOf(index) < companies && knowsPerson("lusha", index);
}

/** Reads an id, a string or a number. @throws {BadRequest} */
export function readId(value: unknown, field: string): number {
  if (value === undefined) throw new BadRequest(field, "is required");
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  if (typeof value === "string" && /^\d+$/.test(value)) return Number(value);
  throw new BadRequest(field, "must be an id");
}

/** Reads a list; `[]` where it is left out. @throws {BadRequest} */
export function readOptionalList(value: unknown, field: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new BadRequest(field, "must be an array");
  return value;
}
