import type { Provider } from "../domain/provider";
import type { Entities } from "../feeds/entities/entities";
import { OperationCalls, type Caller } from "../feeds/feed/caller";
import type { FeedPages } from "../feeds/pages/feed-pages";
import type { ProfileRecommendations } from "../feeds/recommendations/profile-recommendations";
import type { ProfileStore } from "../feeds/profiles/profile-store.port";
import type { ProfileCache } from "../feeds/profiles/profile-cache";
import type { Lookalikes } from "../feeds/searches/lookalikes";
import type { NetworkProvider } from "../feeds/searches/network-recommendations";
import type { Profiles } from "../feeds/profiles/profiles";
import type { ProviderStatus } from "../feeds/provider-status";
import type { RecordedRecommendations } from "../feeds/recommendations/recorded-recommendations";
import type { SearchProvider } from "../feeds/searches/catalogue-searches";
import type { CursorSealer } from "../relay/cursor";
import { Loaders } from "./loaders/loaders";

/** What the graph stands on. One for the whole process. */
export interface GraphServices {
  readonly entities: Entities;
  readonly feedPages: FeedPages;
  readonly recorded: RecordedRecommendations;
  readonly profileCache: ProfileCache;
  readonly profileStore: Pick<ProfileStore, "byIds" | "members">;
  readonly profileRecommendations: ProfileRecommendations;
  readonly profiles: Profiles;
  readonly searches: SearchProvider;
  readonly network: NetworkProvider;
  readonly lookalikes: Lookalikes;
  readonly sealer: CursorSealer;
  /** Most provider calls that one operation may make. */
  readonly maxProviderCalls: number;
  readonly providerStatuses: () => readonly ProviderStatus[];
  /** Credits charged at or after `since`; `null` is since ever. */
  readonly creditsSpent: (tenant: string, provider: Provider, since: Date | null) => Promise<number>;
}

/** What one request makes for itself when it is first needed; none of it outlives the request. */
class RequestScope {
  #loaders: Loaders | null = null;
  #caller: Caller | null = null;

  constructor(
    private readonly makeLoaders: (callerOf: () => Caller) => Loaders,
    private readonly makeCaller: () => Caller,
  ) {}

  get loaders(): Loaders {
    this.#loaders ??= this.makeLoaders(() => this.caller);
    return this.#loaders;
  }

  get caller(): Caller {
    this.#caller ??= this.makeCaller();
    return this.#caller;
  }
}

/** One request: whose it is, and what it reads through. Apollo copies it, property by property. */
export class RequestContext {
  private readonly scope: RequestScope;

  /** @param signalOf gives the signal that aborts when the caller goes away; asked only where a call may be made. */
  constructor(
    readonly tenant: string,
    readonly services: GraphServices,
    /** The caller's own LinkedIn session, where the request brought one. */
    readonly loginToken: string | null,
    signalOf: () => AbortSignal,
  ) {
    this.scope = new RequestScope(
      (callerOf) => new Loaders(tenant, services, callerOf),
      () => ({ signal: signalOf(), calls: new OperationCalls(services.maxProviderCalls) }),
    );
  }

  /** The version of the tenant's record: every write makes another. */
  get recordVersion(): number {
    return this.services.entities.writes(this.tenant);
  }

  get signal(): AbortSignal {
    return this.scope.caller.signal;
  }

  get loaders(): Loaders {
    return this.scope.loaders;
  }
}
