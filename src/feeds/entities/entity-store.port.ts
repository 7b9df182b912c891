import type { EntityKey } from "../../domain/entity-key";
import type { TenantId } from "../../domain/tenant-id";
import type { EntityRecords, RecommendationPlace, RosterMember } from "../entity-changes";

/** Stores records. Every method is a fixed number of queries, for any number of keys. */
export interface EntityStore {
  /** Entities by any of their keys; a key without a record is absent. */
  entities(tenant: TenantId, keys: readonly EntityKey[]): Promise<ReadonlyMap<EntityKey, EntityRecords>>;
  /** Those of the keys that are of people who were forgotten: they may not be recorded again. */
  forgotten(tenant: TenantId, keys: readonly EntityKey[]): Promise<ReadonlySet<EntityKey>>;
  /** The people who work at each company, by the requested key, oldest record first. */
  peopleOf(tenant: TenantId, companies: readonly EntityKey[]): Promise<ReadonlyMap<EntityKey, readonly RosterMember[]>>;
  /** All recorded recommendations of each subject, by the requested key, oldest first. */
  recommendationsOf(
    tenant: TenantId,
    subjects: readonly EntityKey[],
  ): Promise<ReadonlyMap<EntityKey, readonly RecommendationPlace[]>>;
}
