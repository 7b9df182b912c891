import type { EntityKey } from "../../domain/entity-key";
import type { EntityRecords, RecommendationPlace, RosterMember } from "../entity-changes";

/** Where records are kept. Every method is a fixed number of queries, however many keys are asked for. */
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
