import { profileOwner, requireScope, type Access, type Scope } from "../domain/access";
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

/** The context of one request: who sends it, services and loaders. Apollo Server copies it, property by property. */
export class RequestContext {
  readonly tenant: string;
  private readonly scope: RequestScope;

  /** @param signalOf returns the signal that aborts when the client disconnects; called only if a provider call may be made. */
  constructor(
    readonly access: Access,
    readonly services: GraphServices,
    /** The LinkedIn session of the request; `null` where it has none. */
    readonly loginToken: string | null,
    signalOf: () => AbortSignal,
  ) {
    this.tenant = access.tenant;
    this.scope = new RequestScope(
      (callerOf) => new Loaders(access.tenant, services, callerOf),
      () => ({
        signal: signalOf(),
        deadline: AbortSignal.timeout(services.operationTimeoutMs),
        calls: new OperationCalls(services.maxProviderCalls, access.scopes.has("spend")),
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

  /** @throws {AccessError} the scope `read` is missing. */
  get loaders(): Loaders {
    this.require("read");
    return this.scope.loaders;
  }

  /** @throws {AccessError} the scope is missing. */
  require(scope: Scope): void {
    requireScope(this.access, scope);
  }

  /** The user whose profile the request means. @throws {AccessError} another user's, without the scope `users`. */
  profileOwner(externalUserId: string | null | undefined): string | null {
    return profileOwner(this.access, externalUserId ?? null);
  }
}
