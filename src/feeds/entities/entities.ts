import type { EntityKey } from "../../domain/entity-key";
import { mergeCompany, mergePerson } from "../../domain/merge";
import type { Preference } from "../../domain/preference";
import type { CompanyRecord, Stored, PersonRecord } from "../../domain/record";
import { entityId } from "../../relay/global-id";
import type { EntityChanges, EntityRecords, RecommendationPlace, RosterMember } from "../entity-changes";
import type { EntityNode } from "../nodes";
import type { EntityStore } from "./entity-store.port";
import { TenantCache } from "./tenant-cache";

const MAX_ENTITIES = 20_000;
const MAX_ROSTERS = 5_000;
/** A longer list is read again rather than copied for every new member. */
const MAX_PATCHED = 100;

/** Companies and people, merged from their records, and the lists that follow from records. Reads never call a provider. */
export class Entities {
  readonly #nodes = new TenantCache<EntityNode>(MAX_ENTITIES);
  readonly #people = new TenantCache<readonly RosterMember[]>(MAX_ROSTERS);
  readonly #recommendations = new TenantCache<readonly RecommendationPlace[]>(MAX_ROSTERS);

  /** @param preference whose word counts first where providers say different things. */
  constructor(
    private readonly store: EntityStore,
    private readonly preference: Preference,
  ) {}

  /** How often something was written: what was read at another count may be out of date. */
  writes(tenant: string): number {
    return this.#nodes.writes(tenant);
  }

  peek(tenant: string, key: EntityKey): EntityNode | undefined {
    return this.#nodes.peek(tenant, key);
  }

  /** By any of their keys; what nothing was recorded of is absent. */
  load(tenant: string, keys: readonly EntityKey[]): Promise<ReadonlyMap<EntityKey, EntityNode>> {
    return this.#nodes.load(tenant, keys, async (missing) => {
      const found = await this.store.entities(tenant, missing);
      return new Map([...found].map(([key, records]) => [key, toNode(records, this.preference)]));
    });
  }

  peekPeopleOf(tenant: string, company: EntityKey): readonly RosterMember[] | undefined {
    return this.#people.peek(tenant, company);
  }

  peopleOf(tenant: string, companies: readonly EntityKey[]): Promise<ReadonlyMap<EntityKey, readonly RosterMember[]>> {
    return this.#people.load(tenant, companies, (missing) => this.store.peopleOf(tenant, missing));
  }

  peekRecommendationsOf(tenant: string, subject: EntityKey): readonly RecommendationPlace[] | undefined {
    return this.#recommendations.peek(tenant, subject);
  }

  recommendationsOf(
    tenant: string,
    subjects: readonly EntityKey[],
  ): Promise<ReadonlyMap<EntityKey, readonly RecommendationPlace[]>> {
    return this.#recommendations.load(tenant, subjects, (missing) => this.store.recommendationsOf(tenant, missing));
  }

  /** Called where recommendations are no longer kept: lists of them, and what was made of those, are read again. */
  dropRecommendations(tenant: string): void {
    this.#nodes.write(tenant, [], []);
    this.#recommendations.clear(tenant);
  }

  /** Called after every write: what was written is in memory from then on, and what follows from it otherwise is read again. */
  update(tenant: string, { entities, stale, people, recommendations }: EntityChanges): void {
    if (entities.length + stale.length + people.size + recommendations.length === 0) return;
    const nodes = entities.flatMap((records) => {
      const node = toNode(records, this.preference);
      return records.keys.map((key) => [key, node] as const);
    });
    this.#nodes.write(tenant, nodes, []);
    this.#people.write(tenant, people, stale);
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

/** A list that was read after `place` was recorded has it already. */
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
