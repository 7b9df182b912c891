import { setMaxListeners } from "node:events";
import type { OperationDefinitionNode } from "graphql";
import { profileOwner, requireScope, type Access, type Scope } from "../domain/access";
import type { CallOrigin } from "../domain/call-origin";
import type { TenantId } from "../domain/tenant-id";
import { CallEstimate, type OperationCaller } from "../feeds/feed/call-estimate";
import { OperationCalls } from "../feeds/feed/caller";
import { OperationSpending } from "../feeds/feed/operation-spending";
import type { GraphServices } from "./graph-services";
import { Loaders } from "./loaders/loaders";

/** What the headers of a request say of its client and its credits. */
export interface RequestFacts {
  /** The LinkedIn session of the request; `null` where it has none. */
  readonly loginToken: string | null;
  /** `apollographql-client-name`; `null` where it is missing. */
  readonly client: string | null;
  /** `apollographql-client-version`; `null` where it is missing. */
  readonly clientVersion: string | null;
  /** The most credits that the operation may spend (`x-credits-max`); `null`: no limit. */
  readonly creditsMax: number | null;
  /** Whether the answer says what the operation spent, also where it spent nothing (`x-credits: report`). */
  readonly reportsCredits: boolean;
}

/**
 * What executes an operation. `fast`: our executor, without Apollo Server; `executor`: our executor, through Apollo Server;
 * `ordinary`: graphql-js; `estimate`: graphql-js, without provider calls.
 */
export type Lane = "fast" | "executor" | "ordinary" | "estimate";

/** The operation of a request, as far as it is known. */
export interface RunningOperation {
  /** Its name in the document; `null` where it has none. */
  name: string | null;
  /** `null` until the operation is known. */
  type: "query" | "mutation" | "subscription" | null;
  /** `null` until it is executed: a rejected operation has none. */
  lane: Lane | null;
}

/** Objects of one request, created at the first use. */
class RequestScope {
  #loaders: Loaders | null = null;
  #caller: OperationCaller | null = null;

  constructor(
    private readonly makeLoaders: (callerOf: () => OperationCaller) => Loaders,
    private readonly makeCaller: () => OperationCaller,
  ) {}

  get loaders(): Loaders {
    this.#loaders ??= this.makeLoaders(() => this.caller);
    return this.#loaders;
  }

  get caller(): OperationCaller {
    this.#caller ??= this.makeCaller();
    return this.#caller;
  }
}

/** The context of one request: who sends it, services and loaders. Apollo Server copies it, property by property. */
export class RequestContext {
  readonly tenant: TenantId;
  readonly loginToken: string | null;
  readonly spending = new OperationSpending();
  /** Set where the operation is only estimated: no provider call is made, and the calls are added up here. */
  readonly estimate: CallEstimate | null;
  private readonly scope: RequestScope;
  /** Set once the operation is known; an object, since the context is copied before that. */
  readonly operation: RunningOperation = { name: null, type: null, lane: null };

  /**
   * @param signalOf returns the signal that aborts when the client disconnects; called only if a provider call may be made.
   * @param isEstimate whether the operation is only estimated.
   */
  constructor(
    readonly access: Access,
    readonly services: GraphServices,
    readonly facts: RequestFacts,
    signalOf: () => AbortSignal,
    isEstimate = false,
  ) {
    this.tenant = access.tenant;
    this.loginToken = facts.loginToken;
    this.estimate = isEstimate ? estimateFor(access, services, facts) : null;
    const { estimate, operation, spending } = this;
    this.scope = new RequestScope(
      (callerOf) => new Loaders(access.tenant, services, callerOf),
      () => ({
        signal: heardByMany(signalOf()),
        deadline: heardByMany(AbortSignal.timeout(services.operationTimeoutMs)),
        calls: new OperationCalls({
          calls: services.maxProviderCalls,
          ...(facts.creditsMax === null ? {} : { credits: facts.creditsMax }),
          maySpend: access.scopes.has("spend"),
          origin: () => originOf(operation.name, facts, access),
          spending,
        }),
        estimate,
      }),
    );
  }

  /** The version of the tenant's records: every write changes it. */
  get recordVersion(): number {
    return this.services.entities.writes(this.tenant);
  }

  get caller(): OperationCaller {
    return this.scope.caller;
  }

  /** To be called before the operation is executed: the ledger has its name with each provider call. */
  nameOperation({ name, operation: type }: OperationDefinitionNode): void {
    this.operation.name = name?.value ?? null;
    this.operation.type = type;
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

function originOf(operation: string | null, { client, clientVersion }: RequestFacts, access: Access): CallOrigin {
  return { operation, client, clientVersion, caller: access.keyName ?? access.user, user: access.user };
}

function estimateFor({ tenant, scopes }: Access, services: GraphServices, facts: RequestFacts): CallEstimate {
  return new CallEstimate({
    calls: services.maxProviderCalls,
    credits: facts.creditsMax,
    maySpend: scopes.has("spend"),
    creditsLeft: (provider) => services.creditsLeft(tenant, provider),
  });
}

/** The signal, without Node's warning about many listeners: every page of an operation has one. */
function heardByMany(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}
