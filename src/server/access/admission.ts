import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from "fastify";
import type { Access } from "../../domain/access";
import type { TenantId } from "../../domain/tenant-id";
import type { GraphServices } from "../../graphql/graph-services";
import { sendHttpError, type HttpError } from "../http-error";
import type { Authenticated, Authenticator } from "./authenticator";
import type { RequestQuota } from "./request-quota";

/** Who sends a request, and the services of its tenant. */
export interface Admitted {
  readonly access: Access;
  readonly services: GraphServices;
}

/** The tenants, as far as requests need them. */
export interface AdmittedTenants {
  /** `null`: there is no such tenant. */
  servicesOf(id: TenantId): GraphServices | Promise<GraphServices> | null;
  /** `null`: no limit. */
  requestsPerMinute(id: TenantId): number | null;
}

export interface AdmissionOptions {
  readonly authenticator: Authenticator;
  readonly quota: RequestQuota;
  readonly tenants: AdmittedTenants;
}

type Outcome = Admitted | HttpError;

const GONE: HttpError = { status: 401, code: "UNAUTHENTICATED", message: "The tenant of these credentials is gone." };

/** Admits requests, before their bodies are read: by credentials, and by the number of requests of a tenant. */
export class Admission {
  readonly #admitted = new WeakMap<FastifyRequest, Admitted>();

  constructor(private readonly options: AdmissionOptions) {}

  /** The hook of a route that needs credentials. */
  readonly hook = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    const enter = (outcome: Outcome): void => {
      if ("status" in outcome) return void sendHttpError(reply.header("cache-control", "no-store"), outcome);
      this.#admitted.set(request, outcome);
      done();
    };
    const outcome = this.#admit(request);
    if (outcome instanceof Promise) outcome.then(enter, done);
    else enter(outcome);
  };

  /** Of a request that the hook let through. */
  of(request: FastifyRequest): Admitted {
    const admitted = this.#admitted.get(request);
    if (!admitted) throw new Error("a route without the hook of its admission");
    return admitted;
  }

  #admit(request: FastifyRequest): Outcome | Promise<Outcome> {
    const authenticated = this.options.authenticator.authenticate(request);
    return authenticated instanceof Promise
      ? authenticated.then((later) => this.#enter(later))
      : this.#enter(authenticated);
  }

  #enter(authenticated: Authenticated): Outcome | Promise<Outcome> {
    if (authenticated.kind === "refused") return authenticated.error;
    const { access } = authenticated;
    const { tenants } = this.options;
    const perMinute = tenants.requestsPerMinute(access.tenant);
    return perMinute === null ? this.#served(access) : this.#limited(access, perMinute);
  }

  async #limited(access: Access, perMinute: number): Promise<Outcome> {
    return (await this.options.quota.take(access.tenant, perMinute)) ?? this.#served(access);
  }

  #served(access: Access): Outcome | Promise<Outcome> {
    const services = this.options.tenants.servicesOf(access.tenant);
    if (services === null) return GONE;
    return services instanceof Promise
      ? services.then((opened) => ({ access, services: opened }))
      : { access, services };
  }
}
