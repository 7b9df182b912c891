import type { EntityKey } from "../../domain/entity-key";
import type { Provider } from "../../domain/provider";
import type { TenantId } from "../../domain/tenant-id";
import { listIdOf } from "../../relay/cursor";
import type { FeedName } from "../feed/feed-model";

export type LookalikeKind = "companies" | "people";

/** A company or person whose lookalikes are searched, or that is excluded from them. */
export interface LookalikeSeed {
  /** The key in the request. */
  readonly key: EntityKey;
  /** The key that is its id now. */
  readonly root: EntityKey;
  /** All its keys, past ones too; later records may add more. */
  readonly keys: readonly EntityKey[];
}

/** A search for lookalikes. */
export interface LookalikeSearch {
  readonly tenant: TenantId;
  readonly provider: Provider;
  readonly kind: LookalikeKind;
  readonly seeds: readonly LookalikeSeed[];
  readonly exclude: readonly LookalikeSeed[];
}

/** The query of a feed of lookalikes, with the keys that its seeds had when it began. */
export interface LookalikeQuery {
  readonly kind: LookalikeKind;
  readonly seeds: readonly string[];
  readonly exclude: readonly string[];
}

/**
 * The name of a search's feed. It has the ids of the seeds, not the values that are sent to the provider, so that it stays the
 * same when more values of a seed become known.
 */
export function lookalikeName(search: LookalikeSearch): FeedName {
  return nameBy(search, ({ root }) => root);
}

/** Names that the feed may have had when fewer keys were known: with the requested keys, or another key of its only seed. */
export function lookalikeAliases(search: LookalikeSearch): readonly FeedName[] {
  const byKeysAskedFor = nameBy(search, ({ key }) => key);
  const [seed, ...others] = search.seeds;
  if (!seed || others.length > 0) return [byKeysAskedFor];
  return [byKeysAskedFor, ...seed.keys.map((root) => lookalikeName({ ...search, seeds: [{ ...seed, root }] }))];
}

/** Whether `feed` is for the same seeds, under any of their keys. */
export function isLookalikeFeed({ connection, provider, query }: FeedName, search: LookalikeSearch): boolean {
  if (provider !== search.provider || !connection.startsWith(LOOKALIKE_CONNECTION)) return false;
  const { kind, seeds, exclude } = JSON.parse(query) as LookalikeQuery;
  return kind === search.kind && areSame(seeds, search.seeds) && areSame(exclude, search.exclude);
}

/** Begins the connection name of every feed of lookalikes. */
export const LOOKALIKE_CONNECTION = "similar:";

/** Seeds are a set: their order makes no difference. */
function nameBy(
  { tenant, provider, kind, seeds, exclude }: LookalikeSearch,
  keyOf: (seed: LookalikeSeed) => EntityKey,
): FeedName {
  const setOf = (all: readonly LookalikeSeed[]): readonly string[] => [...new Set(all.map(keyOf))].sort();
  const query = JSON.stringify({ kind, seeds: setOf(seeds), exclude: setOf(exclude) } satisfies LookalikeQuery);
  return { tenant, connection: `${LOOKALIKE_CONNECTION}${listIdOf(query)}`, provider, query };
}

/** Whether the keys are keys of these seeds: at least one of each, and none of another entity. */
function areSame(keys: readonly string[], seeds: readonly LookalikeSeed[]): boolean {
  const isKeyOf = ({ keys: own }: LookalikeSeed, key: string): boolean => own.some((one) => one === key);
  return (
    keys.every((key) => seeds.some((seed) => isKeyOf(seed, key))) &&
    seeds.every((seed) => keys.some((key) => isKeyOf(seed, key)))
  );
}
