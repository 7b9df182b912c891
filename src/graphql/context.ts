import { OperationCalls, type Caller } from "../feeds/feed/caller";
import type { GraphServices } from "./graph-services";
import { Loaders } from "./loaders/loaders";

/** Objects of one request, created at the first use. */
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

/** The context of one request: its tenant, services and loaders. Apollo Server copies it, property by property. */
export class RequestContext {
  private readonly scope: RequestScope;

  /** @param signalOf returns the signal that aborts when the client disconnects; called only if a provider call may be made. */
  constructor(
    readonly tenant: string,
    readonly services: GraphServices,
    /** The LinkedIn session of the request; `null` where it has none. */
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

  /** The version of the tenant's records: every write changes it. */
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
