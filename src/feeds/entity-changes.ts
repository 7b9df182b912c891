import type { EntityKey } from "../domain/entity-key";
import type { CompanyRecord, Stored, PersonRecord } from "../domain/record";

/** All records of one entity. `root` is the key that is its id; `keys` are all its keys, past ones too, in any order. */
export interface EntityRecords {
  readonly root: EntityKey;
  readonly keys: readonly EntityKey[];
  readonly records: readonly Stored<CompanyRecord | PersonRecord>[];
}

/** A member of a roster. Marks grow with the time of recording, are unique in the list, and never change. */
export interface RosterMember {
  readonly key: EntityKey;
  readonly mark: number;
}

/** The place of a recommendation: a row of a feed. Newer recommendations have greater marks. */
export interface RecommendationPlace {
  readonly feedId: string;
  readonly position: number;
  readonly mark: number;
}

/** A recommendation that was recorded just now. */
export interface NewRecommendation {
  /** All keys of its subject. */
  readonly names: readonly EntityKey[];
  readonly place: RecommendationPlace;
  /** Whether its subject was unknown before. */
  readonly isFirst: boolean;
}

/** The changes of a write, so that caches can be updated. */
export interface EntityChanges {
  /** All records of each entity that changed. */
  readonly entities: readonly EntityRecords[];
  /** Keys of entities whose rosters (people, recommendations) may have changed. */
  readonly stale: readonly EntityKey[];
  /** The people of companies that were unknown before, by each of the companies' keys. */
  readonly people: ReadonlyMap<EntityKey, readonly RosterMember[]>;
  /** In the order in which they were recorded. */
  readonly recommendations: readonly NewRecommendation[];
}
