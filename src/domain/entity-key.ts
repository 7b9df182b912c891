import { createHash } from "node:crypto";

declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/**
 * One name of a company or person: `Company:domain:acme.com`, `Person:linkedin:jane-doe`, `Company:surfe:…`.
 * An entity is known by one or more of them; the strongest is its id.
 */
export type EntityKey = Brand<string, "EntityKey">;

export type EntityKind = "Company" | "Person";

const RANKED_SPACES = ["domain", "linkedin"];

/** @param space what names the entity: `domain`, `linkedin`, or a provider's own identifiers. */
export function entityKey(kind: EntityKind, space: string, value: string): EntityKey {
  return `${kind}:${space}:${value}` as EntityKey;
}

/** Names an entity that its provider has no name for, by what it says of it. */
export function anonymousKey(kind: EntityKind, space: string, said: readonly unknown[]): EntityKey {
  return entityKey(kind, space, createHash("sha256").update(JSON.stringify(said)).digest("hex").slice(0, 32));
}

/** Reads a key back from outside; `null` where the text is not one. */
export function parseEntityKey(
  text: string,
): { kind: EntityKind; space: string; value: string; key: EntityKey } | null {
  const [, kind, space, value] = /^(Company|Person):([a-z]+):(\P{Cc}+)$/u.exec(text) ?? [];
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
