import type { EntityKey } from "../../domain/entity-key";
import { SharedCache } from "../../domain/shared-cache";
import type { Writer } from "../sql/database";

/** An unchanged record is written again only after this time: `fetchedAt` is accurate to it. */
const REWRITE_AFTER_MS = 3_600_000;
const MOST_ENTITIES = 20_000;

/** One record of a provider, as a hash. */
export interface RecordFingerprint {
  readonly provider: string;
  /** Hash of the whole record. */
  readonly hash: string;
  /** Time of the record; milliseconds since 1970 UTC. */
  readonly at: number;
}

/** An entity: its number and all its keys. */
export interface KnownEntity {
  readonly number: number;
  readonly names: readonly EntityKey[];
}

interface RecentEntity extends KnownEntity {
  readonly epoch: number;
  /** By provider: the time of its latest records, and their hashes. */
  readonly latest: ReadonlyMap<string, { readonly at: number; readonly hashes: ReadonlySet<string> }>;
}

/** The tenant, and the epoch of its data. */
type Scope = Pick<Writer, "tenant" | "epoch">;

/**
 * Caches the latest records of entities, so that unchanged records need no write. A unit of work that changes an entity's
 * records must update its entry; writes of other processes change the epoch, which makes all entries invalid.
 */
export class RecentRecords {
  readonly #entities = new SharedCache<RecentEntity>({ max: MOST_ENTITIES });
  readonly #numbers = new SharedCache<number>({ max: MOST_ENTITIES });

  /**
   * The entity of a record that need not be written: it is the provider's latest one, and recent.
   *
   * @param batch hashes of all records with the same time.
   */
  entityOf(scope: Scope, { provider, hash, at }: RecordFingerprint, batch: ReadonlySet<string>): KnownEntity | null {
    const number = this.#numbers.get(scope.tenant, hash);
    const entity = number === undefined ? undefined : this.#entities.get(scope.tenant, String(number));
    if (entity?.epoch !== scope.epoch) return null;
    const latest = entity.latest.get(provider);
    if (!latest?.hashes.has(hash) || at < latest.at || at - latest.at >= REWRITE_AFTER_MS) return null;
    for (const other of latest.hashes) if (!batch.has(other)) return null; // the record is newer than the others: it must be written
    return entity;
  }

  /** Stores an entity with the fingerprints of all its records. */
  remember(scope: Scope, { number, names }: KnownEntity, fingerprints: readonly RecordFingerprint[]): void {
    const latest = new Map<string, { readonly at: number; readonly hashes: Set<string> }>();
    for (const { provider, hash, at } of fingerprints) {
      const known = latest.get(provider);
      if (known?.at === at) known.hashes.add(hash);
      else if (!known || known.at < at) latest.set(provider, { at, hashes: new Set([hash]) });
    }
    for (const { hashes } of latest.values()) {
      for (const hash of hashes) this.#numbers.set(scope.tenant, hash, number);
    }
    this.#entities.set(scope.tenant, String(number), { number, names, epoch: scope.epoch, latest });
  }

  /** Forgets all entities. */
  clear(): void {
    this.#entities.clear();
    this.#numbers.clear();
  }

  forget(scope: Scope, number: number): void {
    this.#entities.delete(scope.tenant, String(number));
  }
}
