import type { EntityKey } from "../domain/entity-key";
import type { CompanyRecord, Stored, PersonRecord } from "../domain/record";

/** Everything that is recorded of one entity. `root` is its surviving id; `keys` are all names it ever went by, in any order. */
export interface EntityRecords {
  readonly root: EntityKey;
  readonly keys: readonly EntityKey[];
  readonly records: readonly Stored<CompanyRecord | PersonRecord>[];
}

/** A member of a derived list. Marks grow with the time of recording, are unique in the list, and never change. */
export interface RosterMember {
  readonly key: EntityKey;
  readonly mark: number;
}

/** The place of a recommendation: a row of a feed. Newer ones have greater marks. */
export interface RecommendationPlace {
  readonly feedId: string;
  readonly position: number;
  readonly mark: number;
}

/** A recommendation that was recorded just now. */
export interface NewRecommendation {
  /** All names of its subject. */
  readonly names: readonly EntityKey[];
  readonly place: RecommendationPlace;
  /** Whether nothing was known of its subject before. */
  readonly isFirst: boolean;
}

/** What a write changed, so that what is in memory can follow. */
export interface EntityChanges {
  /** Everything that is recorded of each entity that reads differently now. */
  readonly entities: readonly EntityRecords[];
  /** Names of entities whose lists, people and recommendations, may be others now. */
  readonly stale: readonly EntityKey[];
  /** The people of companies of which nothing was known before, by each of their names. */
  readonly people: ReadonlyMap<EntityKey, readonly RosterMember[]>;
  /** In the order in which they were recorded. */
  readonly recommendations: readonly NewRecommendation[];
}
