import { createHmac } from "node:crypto";
import { DEFAULT_TENANT, SANDBOX_TENANT, type TenantId } from "../domain/tenant-id";
import type { ProfileIdOf } from "../feeds/profiles/profile-id";
import type { Database } from "../store/open-database";
import type { Processes } from "../store/sql/processes";
import type { Configuration } from "./configuration";
import { beginWithSandbox, type OpenSandbox } from "./open-sandbox";
import { connectProviders, type ProvidersOptions } from "./providers";
import { createTenantServices, type CommonServices } from "./services";
import { followAccount, sharedServices } from "./stores";
import type { OpenTenant, Tenant } from "./open-tenants";

export interface TenantOpenerOptions {
  readonly config: Configuration;
  readonly database: Database;
  readonly common: CommonServices;
  readonly sandbox: OpenSandbox | null;
  readonly profileIdOf: ProfileIdOf;
  readonly accountSecret: Buffer;
  readonly connecting: Omit<ProvidersOptions, "sandbox" | "shared" | "sharedStateOf">;
  /** `null`: no other process uses the database. */
  readonly processes: Pick<Processes, "sharedState"> | null;
}

/** Opens the services of tenants, each with connections of its own to its providers. */
export class TenantOpener {
  /** Tenants whose simulators know their profiles, as far as they were sent. */
  readonly #begun = new Set<TenantId>();

  constructor(private readonly options: TenantOpenerOptions) {}

  /** Rejects where the database cannot be read or written. */
  async open({ id, sandbox: isSandbox, providers: settings }: Tenant): Promise<OpenTenant> {
    const { config, database, common, sandbox, profileIdOf, accountSecret, connecting } = this.options;
    const { stores } = common;
    if (isSandbox && !this.#begun.has(id)) {
      await beginWithSandbox(stores, profileIdOf, id, connecting.now());
      this.#begun.add(id);
    }
    const providers = connectProviders(settings, {
      ...connecting,
      shared: sharedServices(stores, accountSecret),
      sandbox: isSandbox ? (sandbox?.simulators ?? null) : null,
      ...this.#sharedStates(id),
    });
    await followAccount(database, stores, id, providers.profiles.keeper.account);
    const { now } = connecting;
    const services = createTenantServices(common, { config, providers, profileIdOf, now });
    return { services, close: () => providers.close() };
  }

  /** Limiters, circuit breakers and quotas are those of an account: with another key they begin anew. */
  #sharedStates(tenant: TenantId): Pick<ProvidersOptions, "sharedStateOf"> {
    const { processes, accountSecret } = this.options;
    if (!processes) return {};
    return {
      sharedStateOf: (provider, account) => {
        const hash = createHmac("sha256", accountSecret).update(`${provider} ${account}`).digest("base64url");
        return processes.sharedState(tenant, `${provider} ${hash.slice(0, 16)}`);
      },
    };
  }
}

/** The tenant of a server without a tenants file. Data of the sandbox and of real providers is separate: trying the graph must not mix them. */
export function onlyTenantOf({ sandbox }: Configuration): TenantId {
  return sandbox ? SANDBOX_TENANT : DEFAULT_TENANT;
}

/** The tenants of the file, or the only one. */
export function tenantsOf(config: Configuration): readonly Tenant[] {
  if (config.tenants) return config.tenants;
  const { sandbox, providers } = config;
  return [{ id: onlyTenantOf(config), keys: [], sandbox, providers, requestsPerMinute: null }];
}
