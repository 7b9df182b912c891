import type { EntityKey } from "../../domain/entity-key";
import type { Provider } from "../../domain/provider";
import { listIdOf } from "../../relay/cursor";
import type { FeedName } from "../feed/feed-model";

export type LookalikeKind = "companies" | "people";

/** A company or person that lookalikes are wanted of, or that is left out of them. */
export interface LookalikeSeed {
  /** The key by which it was asked for. */
  readonly key: EntityKey;
  /** Its surviving id. */
  readonly root: EntityKey;
  /** All keys that it ever went by; more may become known. */
  readonly keys: readonly EntityKey[];
}

/** Whose lookalikes are asked for. */
export interface LookalikeSearch {
  readonly tenant: string;
  readonly provider: Provider;
  readonly kind: LookalikeKind;
  readonly seeds: readonly LookalikeSeed[];
  readonly exclude: readonly LookalikeSeed[];
}

/** What a feed of lookalikes is a feed of, by the keys that its seeds had when it began. */
interface LookalikeQuery {
  readonly kind: LookalikeKind;
  readonly seeds: readonly string[];
  readonly exclude: readonly string[];
}

/**
 * The feed of a search. It is named by its seeds' surviving ids, not by what a provider is told of them, so that it stays
 * the same where more becomes known of a seed.
 */
export function lookalikeName(search: LookalikeSearch): FeedName {
  return nameBy(search, ({ root }) => root);
}

/** The names that the same feed may have had when less was known: by the keys asked for, or by another key of its one seed. */
export function lookalikeAliases(search: LookalikeSearch): readonly FeedName[] {
  const byKeysAskedFor = nameBy(search, ({ key }) => key);
  const [seed, ...others] = search.seeds;
  if (!seed || others.length > 0) return [byKeysAskedFor];
  return [byKeysAskedFor, ...seed.keys.map((root) => lookalikeName({ ...search, seeds: [{ ...seed, root }] }))];
}

/** Whether `feed` is one of lookalikes of the same seeds, whatever keys those had when it began. */
export function isLookalikeFeed({ connection, provider, query }: FeedName, search: LookalikeSearch): boolean {
  if (provider !== search.provider || !connection.startsWith(CONNECTION)) return false;
  const { kind, seeds, exclude } = JSON.parse(query) as LookalikeQuery;
  return kind === search.kind && areSame(seeds, search.seeds) && areSame(exclude, search.exclude);
}

const CONNECTION = "similar:";

/** Seeds are a set: their order does not make another feed. */
function nameBy(
  { tenant, provider, kind, seeds, exclude }: LookalikeSearch,
  keyOf: (seed: LookalikeSeed) => EntityKey,
): FeedName {
  const setOf = (all: readonly LookalikeSeed[]): readonly string[] => [...new Set(all.map(keyOf))].sort();
  const query = JSON.stringify({ kind, seeds: setOf(seeds), exclude: setOf(exclude) } satisfies LookalikeQuery);
  return { tenant, connection: `${CONNECTION}${listIdOf(query)}`, provider, query };
}

/** Whether the keys are one of each seed, and of no other. */
function areSame(keys: readonly string[], seeds: readonly LookalikeSeed[]): boolean {
  const isKeyOf = ({ keys: own }: LookalikeSeed, key: string): boolean => own.some((one) => one === key);
  return (
    keys.every((key) => seeds.some((seed) => isKeyOf(seed, key))) &&
    seeds.every((seed) => keys.some((key) => isKeyOf(seed, key)))
  );
}
