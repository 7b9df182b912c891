import { createHash } from "node:crypto";
import type { Provider } from "./provider";

declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/**
 * One name of a company or person: `Company:domain:acme.com`, `Person:linkedin:jane-doe`, `Company:surfe:…`.
 * An entity has one or more keys; the strongest is its id.
 */
export type EntityKey = Brand<string, "EntityKey">;

export type EntityKind = "Company" | "Person";

/** Spaces, as they stand in a key, strongest first. */
const RANKED_SPACES = ["domain:", "linkedin:"];

/** Allowed values: without control characters and unpaired surrogates, so that UTF-8 keeps them; short enough for an index. */
const VALUE = String.raw`[^\p{Cc}\p{Cs}]{1,256}`;
const PLAIN = new RegExp(`^${VALUE}$`, "u");
const KEY = new RegExp(`^(Company|Person):([a-z]+):(${VALUE})$`, "u");

/**
 * Makes a key.
 *
 * @param space what names the entity: `domain`, `linkedin`, or a provider's own ids.
 * @param value unchanged in the key; replaced by its hash where it is not an allowed value.
 * @example
 *   entityKey("Company", "domain", "acme.com"); // "Company:domain:acme.com"
 *   entityKey("Person", "lusha", "42"); // "Person:lusha:42"
 */
export function entityKey(kind: EntityKind, space: string, value: string): EntityKey {
  return `${kind}:${space}:${PLAIN.test(value) ? value : hashOf(value)}` as EntityKey;
}

/**
 * The key of an entity for which the provider gives no domain, LinkedIn address or id: a hash of its values, so that only equal
 * records of one provider are the same entity.
 *
 * @param values all values of the record: a name alone must never join two entities.
 */
export function unnamedKey(kind: EntityKind, provider: Provider, values: readonly unknown[]): EntityKey {
  return entityKey(kind, "unnamed", hashOf(JSON.stringify([provider, ...values])));
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

const FORGOTTEN = "forgotten";

/** Stands for a forgotten person where a place must stay. @param hash the keyed hash of the key that was there. */
export function forgottenKey(hash: string): EntityKey {
  return entityKey("Person", FORGOTTEN, hash);
}

/** Whether the key stands for a forgotten person. */
export function isForgottenKey(key: EntityKey): boolean {
  return key.startsWith(`Person:${FORGOTTEN}:`);
}

export function isPersonKey(key: EntityKey): boolean {
  return key.startsWith("Person:");
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
  const from = key.indexOf(":") + 1;
  const at = RANKED_SPACES.findIndex((space) => key.startsWith(space, from));
  return at === -1 ? RANKED_SPACES.length : at;
}

/**
 * Orders keys, strongest first: domain, LinkedIn slug, then providers' ids; equal ranks by code unit.
 * The order depends on the keys alone, so the id of a merged entity does not depend on which record arrived first.
 */
export function compareKeys(a: EntityKey, b: EntityKey): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** @throws {RangeError} the list is empty: every record must have a key. */
export function strongestKey(keys: Iterable<EntityKey>): EntityKey {
  const [strongest] = [...keys].sort(compareKeys);
  if (strongest === undefined) throw new RangeError("an entity needs at least one key");
  return strongest;
}
