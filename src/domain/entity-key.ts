import { createHash } from "node:crypto";
import type { Provider } from "./provider";

declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/**
 * One name of a company or person: `Company:domain:acme.com`, `Person:linkedin:jane-doe`, `Company:surfe:…`.
 * An entity is known by one or more of them; the strongest is its id.
 */
export type EntityKey = Brand<string, "EntityKey">;

export type EntityKind = "Company" | "Person";

const RANKED_SPACES = ["domain", "linkedin"];

/** What a key's value may be: an id survives being written as UTF-8, and fits an index. */
const VALUE = String.raw`[^\p{Cc}\p{Cs}]{1,256}`;
const PLAIN = new RegExp(`^${VALUE}$`, "u");
const KEY = new RegExp(`^(Company|Person):([a-z]+):(${VALUE})$`, "u");

/**
 * @param space what names the entity: `domain`, `linkedin`, or a provider's own identifiers.
 * @param value as it is; a hash of it stands in where it could not be read back from an id.
 */
export function entityKey(kind: EntityKind, space: string, value: string): EntityKey {
  return `${kind}:${space}:${PLAIN.test(value) ? value : hashOf(value)}` as EntityKey;
}

/**
 * Names an entity that its provider has no name for: only the very same words of that provider are of the same one.
 *
 * @param said everything that is told of it, so that a name alone never joins.
 */
export function unnamedKey(kind: EntityKind, provider: Provider, said: readonly unknown[]): EntityKey {
  return entityKey(kind, "unnamed", hashOf(JSON.stringify([provider, ...said])));
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** Reads a key back from outside; `null` where the text is not one. */
export function parseEntityKey(
  text: string,
): { kind: EntityKind; space: string; value: string; key: EntityKey } | null {
  const [, kind, space, value] = KEY.exec(text) ?? [];
  if ((kind !== "Company" && kind !== "Person") || space === undefined || value === undefined) return null;
  return { kind, space, value, key: entityKey(kind, space, value) };
}

function rank(key: EntityKey): number {
  const space = key.split(":", 2)[1] ?? "";
  const at = RANKED_SPACES.indexOf(space);
  return at === -1 ? RANKED_SPACES.length : at;
}

/**
 * Strongest first: domain, LinkedIn slug, then providers' ids; equal ranks by code unit.
 * A pure order over keys makes the surviving id of a join independent of the order of arrival.
 */
export function compareKeys(a: EntityKey, b: EntityKey): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** @throws {RangeError} where there is no key: every record names its entity somehow. */
export function strongestKey(keys: Iterable<EntityKey>): EntityKey {
  const [strongest] = [...keys].sort(compareKeys);
  if (strongest === undefined) throw new RangeError("an entity without a key");
  return strongest;
}
