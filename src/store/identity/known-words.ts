import { LRUCache } from "lru-cache";
import type { EntityKey } from "../../domain/entity-key";
import type { Writer } from "../sql/database";

/** Words that are heard again sooner than this are not written again: `fetchedAt` is so exact. */
const HEARD_AGAIN_AFTER_MS = 3_600_000;
const MOST_ENTITIES = 20_000;

/** One record as a provider told it. */
export interface Word {
  readonly provider: string;
  /** Hash of all that was told. */
  readonly hash: string;
  /** When; milliseconds since 1970 UTC. */
  readonly at: number;
}

/** What is remembered of an entity. */
export interface KnownEntity {
  readonly number: number;
  readonly names: readonly EntityKey[];
}

interface Remembered extends KnownEntity {
  readonly epoch: number;
  /** By provider: when it told of the entity last, and everything that it told then. */
  readonly latest: ReadonlyMap<string, { readonly at: number; readonly hashes: ReadonlySet<string> }>;
}

/** Whose entities, and as of which epoch. */
type Scope = Pick<Writer, "tenant" | "epoch">;

/**
 * What providers said last of entities, as far as it is remembered, so that hearing it again costs nothing. An entry is wrong
 * once the entity's records change: a unit of work that changes them says so here, and any other write begins a new epoch.
 */
export class KnownWords {
  readonly #entities = new LRUCache<string, Remembered>({ max: MOST_ENTITIES });
  readonly #numbers = new LRUCache<string, number>({ max: MOST_ENTITIES });

  /**
   * The entity that a word is about, where writing it again would change nothing: it is what its provider told last, and not
   * long ago.
   *
   * @param together hashes of all words that are told at this time.
   */
  entityOf(scope: Scope, { provider, hash, at }: Word, together: ReadonlySet<string>): KnownEntity | null {
    const number = this.#numbers.get(nameIn(scope, hash));
    const entity = number === undefined ? undefined : this.#entities.get(nameIn(scope, number));
    if (entity?.epoch !== scope.epoch) return null;
    const latest = entity.latest.get(provider);
    if (!latest?.hashes.has(hash) || at < latest.at || at - latest.at >= HEARD_AGAIN_AFTER_MS) return null;
    for (const other of latest.hashes) if (!together.has(other)) return null; // this one is the newest from now on
    return entity;
  }

  /** Remembers an entity with all its records. */
  learn(scope: Scope, { number, names }: KnownEntity, words: readonly Word[]): void {
    const latest = new Map<string, { readonly at: number; readonly hashes: Set<string> }>();
    for (const { provider, hash, at } of words) {
      const known = latest.get(provider);
      if (known?.at === at) known.hashes.add(hash);
      else if (!known || known.at < at) latest.set(provider, { at, hashes: new Set([hash]) });
    }
    for (const { hashes } of latest.values()) {
      for (const hash of hashes) this.#numbers.set(nameIn(scope, hash), number);
    }
    this.#entities.set(nameIn(scope, number), { number, names, epoch: scope.epoch, latest });
  }

  forget(scope: Scope, number: number): void {
    this.#entities.delete(nameIn(scope, number));
  }
}

function nameIn({ tenant }: Scope, name: string | number): string {
  return `${tenant} ${String(name)}`;
}
