import { OperationCalls, type Caller } from "../feeds/feed/caller";
import type { GraphServices } from "./graph-services";
import { Loaders } from "./loaders/loaders";

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
      () => ({
        signal: signalOf(),
        deadline: AbortSignal.timeout(services.operationTimeoutMs),
        calls: new OperationCalls(services.maxProviderCalls),
      }),
    );
  }

  /** The version of the tenant's record: every write makes another. */
  get recordVersion(): number {
    return this.services.entities.writes(this.tenant);
  }

  get caller(): Caller {
    return this.scope.caller;
  }

  get loaders(): Loaders {
    return this.scope.loaders;
  }
}
