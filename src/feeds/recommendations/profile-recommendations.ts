import { InputError, NoRowsError } from "../../domain/errors";
import type { Profile } from "../../domain/profile";
import { PROVIDERS, type Provider } from "../../domain/provider";
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
type Unpaged = Omit<Request, "page">;

/** A plan as it was made last, and requests but for their page, by the providers that were named. */
interface Planned {
  readonly plan: ProfilePlan;
  /** As of how many writes, where the plan depends on what is recorded; `null` where it does not. */
  readonly writes: number | null;
  readonly requests: Map<string, Unpaged>;
}

export interface ProfileRecommendationsDependencies extends MergedSourceDependencies {
  /** The first of the lists. */
  readonly own: OwnList;
  readonly entities: Pick<Entities, "writes">;
  readonly rowReader: RowReader<RecommendationNode>;
}

/** Asks for a page of a profile's recommendations: of the one list that can serve it, or of several that take turns. */
export class ProfileRecommendations {
  /** A saved profile never changes. */
  readonly #planned = new WeakMap<Profile, Planned>();

  constructor(private readonly dependencies: ProfileRecommendationsDependencies) {}

  /**
   * @param named the providers that were asked for by name; `null` is all that can serve.
   * @returns at once, where nothing has to be looked up.
   * @throws {InputError} an empty list of providers.
   * @throws {NoRowsError} none of the providers can serve.
   */
  pageRequest(
    tenant: string,
    profile: Profile,
    named: readonly Provider[] | null,
    page: PageRequest,
  ): Request | Promise<Request> {
    if (named?.length === 0) throw new InputError(`\`providers\` takes at least one of ${PROVIDERS.join(", ")}.`);
    const planned = this.#known(tenant, profile) ?? this.#plan(tenant, profile);
    const requestOf = (made: Planned): Request => ({ ...this.#unpaged(tenant, profile, made, named), page });
    return planned instanceof Promise ? planned.then(requestOf) : requestOf(planned);
  }

  /** A page of a list that a profile had before it was deleted, which a cursor names: it is read, and never extended. */
  formerPageRequest(tenant: string, profileId: string, named: readonly Provider[] | null, page: PageRequest): Request {
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

  #known(tenant: string, profile: Profile): Planned | null {
    const planned = this.#planned.get(profile);
    const isCurrent = planned?.writes === null || planned?.writes === this.dependencies.entities.writes(tenant);
    return planned && isCurrent ? planned : null;
  }

  #plan(tenant: string, profile: Profile): Planned | Promise<Planned> {
    const { lists, entities } = this.dependencies;
    const writes = entities.writes(tenant);
    const plan = planFor(lists, tenant, profile);
    return plan instanceof Promise
      ? plan.then((made) => this.#keep(profile, made, writes))
      : this.#keep(profile, plan, null);
  }

  #keep(profile: Profile, plan: ProfilePlan, writes: number | null): Planned {
    const planned = { plan, writes, requests: new Map<string, Unpaged>() };
    this.#planned.set(profile, planned);
    return planned;
  }

  #unpaged(tenant: string, profile: Profile, { plan, requests }: Planned, named: readonly Provider[] | null): Unpaged {
    const wanted = named && PROVIDERS.filter((provider) => named.includes(provider));
    const key = wanted?.join() ?? "";
    const request = requests.get(key) ?? this.#make(tenant, profile, plan, wanted);
    requests.set(key, request);
    return request;
  }

  #make(tenant: string, profile: Profile, plan: ProfilePlan, named: readonly Provider[] | null): Unpaged {
    const { own, rowReader } = this.dependencies;
    const isWanted = (provider: Provider): boolean => named?.includes(provider) ?? true;
    const taking = plan.served.filter(({ list }) => isWanted(list.provider));
    const serving = new Set(taking.map(({ list }) => list.provider));
    // What was recorded of the profile's own list is read where there is no key for it any more.
    if (serving.size === 0 && isWanted(own.provider)) serving.add(own.provider);
    const absent = (named ?? []).filter((one) => !serving.has(one)).map((one) => absenceOf(one, plan));
    const [first, ...others] = absent;
    if (serving.size === 0 && first) throw new NoRowsError([first, ...others]);
    const common = { absent, rowReader, sourceOf: (feed: FeedHead) => this.#sourceOf(feed, isWanted) };
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

  /** A cursor's feed goes on with the lists it has, as long as all of them are wanted. */
  #sourceOf({ provider, query }: FeedHead, isWanted: (provider: Provider) => boolean): AnySource | null {
    const { lists, own } = this.dependencies;
    if (provider !== "MERGED") return isWanted(own.provider) ? own.source : null;
    const { lists: kinds } = parseMergedQuery(query);
    const areWanted = lists.every(({ kind, provider: whose }) => !kinds.includes(kind) || isWanted(whose));
    return areWanted ? new MergedSource(this.dependencies, kinds, []) : null;
  }
}
