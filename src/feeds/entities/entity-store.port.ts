import type { EntityKey } from "../../domain/entity-key";
import type { CompanyRecord, Kept, PersonRecord } from "../../domain/record";
import type { FeedPlace } from "../feed/feed-model";

/** Everything that is recorded of one entity. `root` is its surviving id; `keys` are all names it ever went by, in any order. */
export interface EntityRecords {
  readonly root: EntityKey;
  readonly keys: readonly EntityKey[];
  readonly records: readonly Kept<CompanyRecord | PersonRecord>[];
}

/** A member of a derived list. Marks grow with the time of recording, are unique in the list, and never change. */
export interface RosterMember {
  readonly key: EntityKey;
  readonly mark: number;
}

/** The place of a recommendation; newer ones have greater marks. */
export interface RecommendationPlace extends FeedPlace {
  readonly mark: number;
}

/** Where records are kept. Every method is one query, however many keys are asked for. */
export interface EntityStore {
  /** By any of an entity's keys; a key that nothing was recorded under is absent. */
  entities(tenant: string, keys: readonly EntityKey[]): Promise<ReadonlyMap<EntityKey, EntityRecords>>;
  /** Everyone recorded as working at each company, by the key asked for, oldest record first. */
  peopleOf(tenant: string, companies: readonly EntityKey[]): Promise<ReadonlyMap<EntityKey, readonly RosterMember[]>>;
  /** Every recorded recommendation of each subject, by the key asked for, oldest first. */
  recommendationsOf(
    tenant: string,
    subjects: readonly EntityKey[],
  ): Promise<ReadonlyMap<EntityKey, readonly RecommendationPlace[]>>;
}
