import DataLoader from "dataloader";
import type { EntityKey } from "../../domain/entity-key";
import type { Profile } from "../../domain/profile";
import type { TenantId } from "../../domain/tenant-id";
import type { RecommendationPlace, RosterMember } from "../../feeds/entity-changes";
import type { SpentPeriod } from "../../feeds/feed/call-ledger.port";
import type { OperationCaller } from "../../feeds/feed/call-estimate";
import type { FeedPageRequest } from "../../feeds/pages/feed-page-request";
import type { EntityNode, ConnectionWithIssues, RecommendationNode } from "../../feeds/nodes";
import type { FeedPlace } from "../../feeds/feed/feed-model";
import type { GraphServices } from "../graph-services";

/** The services that the loaders read from. */
export type LoadedServices = Pick<
  GraphServices,
  "creditsSpent" | "entities" | "feedPages" | "profileStore" | "recorded"
>;

/**
 * Batches single loads of one request. Create a new set for each request.
 *
 * @example
 *   const company = await loaders.entityByKey.load(entityKey("Company", "domain", "acme.com")); // null: no record
 */
export class Loaders {
  /** Key → company or person; `null` where it has no record. */
  readonly entityByKey: DataLoader<EntityKey, EntityNode | null>;
  /** Key of a company → the people who work there, oldest record first. */
  readonly peopleByCompany: DataLoader<EntityKey, readonly RosterMember[]>;
  /** Key of a subject → every recommendation of it, oldest first. */
  readonly recommendationsBySubject: DataLoader<EntityKey, readonly RecommendationPlace[]>;
  /** Place → recommendation; `null` where nothing is recorded. */
  readonly recommendationByPlace: DataLoader<FeedPlace, RecommendationNode | null, string>;
  /** Id → profile; `null` where there is none. */
  readonly profileById: DataLoader<string, Profile | null>;
  /** Period → credits that its provider charged in it. */
  readonly creditsByPeriod: DataLoader<SpentPeriod, number, string>;
  readonly #feedPage: DataLoader<FeedPageRequest<unknown>, ConnectionWithIssues<unknown>>;

  constructor(tenant: TenantId, services: LoadedServices, callerOf: () => OperationCaller) {
    const { entities, feedPages, profileStore, recorded } = services;
    this.entityByKey = byKey("entityByKey", (keys) => entities.load(tenant, keys));
    this.peopleByCompany = listByKey("peopleByCompany", (keys) => entities.peopleOf(tenant, keys));
    this.recommendationsBySubject = listByKey("recommendationsBySubject", (keys) =>
      entities.recommendationsOf(tenant, keys),
    );
    this.recommendationByPlace = new DataLoader((places) => recorded.at(tenant, places).then((found) => [...found]), {
      name: "recommendationByPlace",
      cacheKeyFn: ({ feedId, position }) => `${feedId}:${String(position)}`,
    });
    this.profileById = byKey("profileById", (ids) => profileStore.byIds(tenant, ids));
    this.creditsByPeriod = new DataLoader((periods) => services.creditsSpent(tenant, periods), {
      name: "creditsByPeriod",
      cacheKeyFn: ({ provider, since }) => `${provider}:${String(since?.getTime())}`,
    });
    this.#feedPage = new DataLoader((requests) => feedPages.read(requests, callerOf()).then((pages) => [...pages]), {
      name: "feedPage",
      cache: false,
    });
  }

  /** A page of a feed. Pages of one feed share its calls. Rejects with the error that `FeedPages.read` returns. */
  feedPage<Node>(request: FeedPageRequest<Node>): Promise<ConnectionWithIssues<Node>> {
    // The page has the nodes that the row reader of this request makes.
    return this.#feedPage.load(request) as Promise<ConnectionWithIssues<Node>>;
  }
}

function byKey<Key, Value>(
  name: string,
  load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): DataLoader<Key, Value | null> {
  return new DataLoader<Key, Value | null>(
    async (keys) => {
      const found = await load(keys);
      return keys.map((key) => found.get(key) ?? null);
    },
    { name },
  );
}

function listByKey<Key, Value>(
  name: string,
  load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, readonly Value[]>>,
): DataLoader<Key, readonly Value[]> {
  return new DataLoader<Key, readonly Value[]>(
    async (keys) => {
      const found = await load(keys);
      return keys.map((key) => found.get(key) ?? []);
    },
    { name },
  );
}
