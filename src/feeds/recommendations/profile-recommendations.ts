import { InputError, NoRowsError } from "../../domain/errors";
import type { Profile } from "../../domain/profile";
import { PROVIDERS, type Provider } from "../../domain/provider";
import type { TenantId } from "../../domain/tenant-id";
import type { PageRequest } from "../../relay/page-args";
import type { Entities } from "../entities/entities";
import type { FeedPageRequest } from "../pages/feed-page-request";
import type { AnySource } from "../feed/feed-source.port";
import type { FeedHead } from "../feed/feed-model";
import { profileConnection } from "../profiles/profile-connection";
import { mergedQuery, parseMergedQuery } from "../profiles/merged-query";
import { MergedSource, type MergedSourceDependencies } from "./merged-source";
import type { RecommendationNode } from "../nodes";
import type { OwnList } from "./profile-list.port";
import { absenceOf, planFor, type ProfilePlan } from "./profile-plan";
import type { RowReader } from "../pages/row-reader";

type Request = FeedPageRequest<RecommendationNode>;
type RequestWithoutPage = Omit<Request, "page">;

/** The latest plan of a profile, and its page requests without the page, by the requested providers. */
interface CachedPlan {
  readonly plan: ProfilePlan;
  /** The number of writes when it was made, if it depends on records; `null`: it does not. */
  readonly writes: number | null;
  readonly requests: Map<string, RequestWithoutPage>;
}

export interface ProfileRecommendationsDependencies extends MergedSourceDependencies {
  /** The first of the lists: that of the provider that stores profiles. */
  readonly own: OwnList;
  readonly entities: Pick<Entities, "writes">;
  readonly rowReader: RowReader<RecommendationNode>;
}

/** Makes page requests for a profile's recommendations: for the only list that can serve it, or for a merged feed. */
export class ProfileRecommendations {
  /** By `Profile` object: saving a profile makes a new object, and so does reading it after a write of another process. */
  readonly #plans = new WeakMap<Profile, CachedPlan>();

  constructor(private readonly dependencies: ProfileRecommendationsDependencies) {}

  /**
   * @param named the requested providers; `null`: all that can serve.
   * @returns no promise, where nothing has to be looked up.
   * @throws {InputError} an empty list of providers.
   * @throws {NoRowsError} none of the providers can serve.
   */
  pageRequest(
    tenant: TenantId,
    profile: Profile,
    named: readonly Provider[] | null,
    page: PageRequest,
  ): Request | Promise<Request> {
    if (named?.length === 0) throw new InputError(`\`providers\` takes at least one of ${PROVIDERS.join(", ")}.`);
    const planned = this.#known(tenant, profile) ?? this.#plan(tenant, profile);
    const requestOf = (made: CachedPlan): Request => ({
      ...this.#requestWithoutPage(tenant, profile, made, named),
      page,
    });
    return planned instanceof Promise ? planned.then(requestOf) : requestOf(planned);
  }

  /** A page of a list of a deleted profile, identified by a cursor. Such a list can be read, but is never extended. */
  formerPageRequest(
    tenant: TenantId,
    profileId: string,
    named: readonly Provider[] | null,
    page: PageRequest,
  ): Request {
    const { own, rowReader } = this.dependencies;
    const connection = profileConnection(profileId);
    return {
      name: { tenant, connection, provider: own.provider, query: "" },
      source: own.source,
      sourceOf: (feed) => this.#sourceOf(feed, (provider) => named?.includes(provider) ?? true),
      absent: [],
      rowReader,
      page,
    };
  }

  #known(tenant: TenantId, profile: Profile): CachedPlan | null {
    const planned = this.#plans.get(profile);
    const isCurrent = planned?.writes === null || planned?.writes === this.dependencies.entities.writes(tenant);
    return planned && isCurrent ? planned : null;
  }

  #plan(tenant: TenantId, profile: Profile): CachedPlan | Promise<CachedPlan> {
    const { lists, entities } = this.dependencies;
    const writes = entities.writes(tenant);
    const plan = planFor(lists, tenant, profile);
    return plan instanceof Promise
      ? plan.then((made) => this.#keep(profile, made, writes))
      : this.#keep(profile, plan, null);
  }

  #keep(profile: Profile, plan: ProfilePlan, writes: number | null): CachedPlan {
    const planned = { plan, writes, requests: new Map<string, RequestWithoutPage>() };
    this.#plans.set(profile, planned);
    return planned;
  }

  #requestWithoutPage(
    tenant: TenantId,
    profile: Profile,
    { plan, requests }: CachedPlan,
    named: readonly Provider[] | null,
  ): RequestWithoutPage {
    const wanted = named && PROVIDERS.filter((provider) => named.includes(provider));
    const key = wanted?.join() ?? "";
    const request = requests.get(key) ?? this.#make(tenant, profile, plan, wanted);
    requests.set(key, request);
    return request;
  }

  #make(tenant: TenantId, profile: Profile, plan: ProfilePlan, named: readonly Provider[] | null): RequestWithoutPage {
    const { own, rowReader } = this.dependencies;
    const isWanted = (provider: Provider): boolean => named?.includes(provider) ?? true;
    const taking = plan.served.filter(({ list }) => isWanted(list.provider));
    const serving = new Set(taking.map(({ list }) => list.provider));
    // Recorded rows of the profile's own list can be read without a key, too.
    if (serving.size === 0 && isWanted(own.provider)) serving.add(own.provider);
    const absent = (named ?? []).filter((one) => !serving.has(one)).map((one) => absenceOf(one, plan));
    const [first, ...others] = absent;
    if (serving.size === 0 && first) throw new NoRowsError([first, ...others]);
    const sourceOf = (feed: FeedHead): AnySource | null => this.#sourceOf(feed, isWanted);
    const common = { absent, rowReader, sourceOf, user: profile.externalUserId };
    if (taking.every(({ list }) => list === own)) {
      return { ...common, name: own.nameOf(tenant, profile), source: own.source };
    }
    const kinds = taking.map(({ list }) => list.kind);
    const query = mergedQuery(profile.criteria, kinds);
    return {
      ...common,
      name: { tenant, connection: profileConnection(profile.id), provider: "MERGED", query },
      source: new MergedSource(this.dependencies, kinds, taking),
    };
  }

  /** What extends the feed of a cursor: a merged feed keeps its lists; `null` where one of them is not requested. */
  #sourceOf({ provider, query }: FeedHead, isWanted: (provider: Provider) => boolean): AnySource | null {
    const { lists, own } = this.dependencies;
    if (provider !== "MERGED") return isWanted(own.provider) ? own.source : null;
    const { lists: kinds } = parseMergedQuery(query);
    const areWanted = lists.every(({ kind, provider: whose }) => !kinds.includes(kind) || isWanted(whose));
    return areWanted ? new MergedSource(this.dependencies, kinds, []) : null;
  }
}
