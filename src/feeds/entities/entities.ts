import { bytesOf } from "../../domain/bytes-of";
import type { EntityKey } from "../../domain/entity-key";
import { mergeCompany, mergePerson } from "../../domain/merge";
import type { Preference } from "../../domain/preference";
import type { CompanyRecord, Stored, PersonRecord } from "../../domain/record";
import type { TenantId } from "../../domain/tenant-id";
import { entityId } from "../../relay/global-id";
import type { EntityChanges, EntityRecords, RecommendationPlace, RosterMember } from "../entity-changes";
import type { EntityNode } from "../nodes";
import type { EntityStore } from "./entity-store.port";
import { TenantCache } from "./tenant-cache";

/** About so many bytes of memory, of all tenants together. */
const MAX_BYTES = 48 * 2 ** 20;
const MAX_ROSTER_BYTES = 8 * 2 ** 20;
/** What the cache itself needs for a value. */
const ENTRY_BYTES = 150;
/** Longer lists are read again after a write instead of being copied for every new member. */
const MAX_PATCHED = 100;

/**
 * Companies and people, merged from their records, and their rosters; no method calls a provider. Cached within one size for all
 * tenants: written records make an entry wrong; `update` is called after each write of this process, `expire` after one of another.
 */
export class Entities {
  // One node is kept once for each of its keys.
  readonly #nodes = new TenantCache<EntityNode>(MAX_BYTES, (node) => entryBytes(bytesOf(node) / node.keys.length));
  readonly #people = new TenantCache<readonly RosterMember[]>(MAX_ROSTER_BYTES, (list) => entryBytes(bytesOf(list)));
  readonly #recommendations = new TenantCache<readonly RecommendationPlace[]>(MAX_ROSTER_BYTES, (list) =>
    entryBytes(bytesOf(list)),
  );

  /** @param preference which provider's value is shown where providers give different ones. */
  constructor(
    private readonly store: EntityStore,
    private readonly preference: Preference,
  ) {}

  /** The number of writes. A value that was read at another number may be out of date. */
  writes(tenant: TenantId): number {
    return this.#nodes.writes(tenant);
  }

  peek(tenant: TenantId, key: EntityKey): EntityNode | undefined {
    return this.#nodes.peek(tenant, key);
  }

  /**
   * Companies and people by any of their keys; keys without a record are absent.
   *
   * @example
   * const found = await entities.load(tenant, [entityKey("Company", "domain", "acme.com")]);
   * for (const [key, node] of found) console.log(key, node.kind); // one store query, or none where all are cached
   */
  load(tenant: TenantId, keys: readonly EntityKey[]): Promise<ReadonlyMap<EntityKey, EntityNode>> {
    return this.#nodes.load(tenant, keys, async (missing) => {
      const found = await this.store.entities(tenant, missing);
      return new Map([...found].map(([key, records]) => [key, toNode(records, this.preference)]));
    });
  }

  /** Those of the keys that are of people who were forgotten: they may not be named in anything that is recorded. */
  forgotten(tenant: TenantId, keys: readonly EntityKey[]): Promise<ReadonlySet<EntityKey>> {
    return this.store.forgotten(tenant, keys);
  }

  peekPeopleOf(tenant: TenantId, company: EntityKey): readonly RosterMember[] | undefined {
    return this.#people.peek(tenant, company);
  }

  peopleOf(
    tenant: TenantId,
    companies: readonly EntityKey[],
  ): Promise<ReadonlyMap<EntityKey, readonly RosterMember[]>> {
    return this.#people.load(tenant, companies, (missing) => this.store.peopleOf(tenant, missing));
  }

  peekRecommendationsOf(tenant: TenantId, subject: EntityKey): readonly RecommendationPlace[] | undefined {
    return this.#recommendations.peek(tenant, subject);
  }

  recommendationsOf(
    tenant: TenantId,
    subjects: readonly EntityKey[],
  ): Promise<ReadonlyMap<EntityKey, readonly RecommendationPlace[]>> {
    return this.#recommendations.load(tenant, subjects, (missing) => this.store.recommendationsOf(tenant, missing));
  }

  /** To be called after recommendations were deleted, or another process recorded some: drops the cached lists of recommendations. */
  dropRecommendations(tenant: TenantId): void {
    this.#nodes.write(tenant, [], []);
    this.#recommendations.clear(tenant);
  }

  /** To be called after another process wrote: drops everything. @param tenant `null`: of every tenant. */
  expire(tenant: TenantId | null): void {
    for (const cache of [this.#nodes, this.#people, this.#recommendations]) {
      if (tenant === null) cache.clearAll();
      else cache.clear(tenant);
    }
  }

  /** To be called after every write: caches the written entities, and drops cached lists that may have changed. */
  update(tenant: TenantId, { entities, stale, people, recommendations }: EntityChanges): void {
    if (entities.length + stale.length + people.size + recommendations.length === 0) return;
    const nodes = entities.map((records) => [records.keys, toNode(records, this.preference)] as const);
    this.#nodes.write(tenant, nodes, []);
    const lists = [...people].map(([company, list]) => [[company], list] as const);
    this.#people.write(tenant, lists, stale);
    this.#recommendations.write(tenant, [], stale);
    for (const { names, place, isFirst } of recommendations) {
      for (const name of names) {
        this.#recommendations.change(
          tenant,
          name,
          (places = isFirst ? [] : undefined) => places && withPlace(places, place),
        );
      }
    }
  }
}

function entryBytes(ofValue: number): number {
  return ENTRY_BYTES + Math.ceil(ofValue);
}

/** The list with `place` at its end; unchanged where it has the place already. */
function withPlace(
  places: readonly RecommendationPlace[],
  place: RecommendationPlace,
): readonly RecommendationPlace[] | undefined {
  if (places.length >= MAX_PATCHED) return undefined;
  return (places.at(-1)?.mark ?? 0) < place.mark ? [...places, place] : places;
}

function toNode({ root: key, keys, records }: EntityRecords, preference: Preference): EntityNode {
  const id = entityId(key);
  const people = records.filter((record): record is Stored<PersonRecord> => record.kind === "Person");
  if (people.length > 0) return { id, ...mergePerson({ key, keys, records: people }, preference) };
  const companies = records.filter((record): record is Stored<CompanyRecord> => record.kind === "Company");
  return { id, ...mergeCompany({ key, keys, records: companies }, preference) };
}
