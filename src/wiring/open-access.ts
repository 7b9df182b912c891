import { unwatchFile, watchFile } from "node:fs";
import type { Logger } from "pino";
import { Counter, type Registry } from "prom-client";
import { ConfigError } from "../config/config-error";
import { isLoopback } from "../config/loopback";
import { isTenantId, type TenantId } from "../domain/tenant-id";
import { Admission, type AdmittedTenants } from "../server/access/admission";
import { ApiKeys } from "../server/access/api-keys";
import { Authenticator } from "../server/access/authenticator";
import type { AllowedOrigins } from "../server/access/cross-origin";
import type { MetricsAccess } from "../server/access/metrics-access";
import { RequestQuota } from "../server/access/request-quota";
import type { Tokens } from "../server/access/tokens";
import type { Configuration } from "./configuration";
import { onlyTenantOf, tenantsOf } from "./open-tenant";
import type { Tenant, Tenants } from "./open-tenants";

/** Who may send requests. */
export interface OpenAccess {
  readonly admission: Admission;
  readonly allowedOrigins: AllowedOrigins | null;
  readonly metricsAccess: MetricsAccess;
  /** Reads the tenants file again. */
  reload(): void;
  stop(): void;
}

export interface OpenAccessOptions {
  readonly log: Logger;
  readonly registry: Registry;
  readonly readTenants?: () => readonly Tenant[];
  readonly now?: () => Date;
}

/** A change of the file is seen within this time. */
const WATCH_MS = 2_000;

/** Authenticates requests as the configuration says, and follows the tenants file. */
export async function openAccess(
  config: Configuration,
  tenants: Tenants,
  options: OpenAccessOptions,
): Promise<OpenAccess> {
  const { kinds, tenantsFile } = config.access;
  const { log, readTenants } = options;
  const keysOf = (all: readonly Tenant[]): ApiKeys | null => (kinds.includes("api-key") ? new ApiKeys(all) : null);
  let apiKeys = keysOf(tenantsOf(config));
  const reload = (): void => {
    if (!readTenants || tenantsFile === null) return;
    try {
      const read = readTenants();
      tenants.replace(read);
      apiKeys = keysOf(read);
      log.info({ tenants: read.length }, "the tenants file was read again");
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      log.error({ problems: error.problems }, "the tenants file is invalid: the tenants stay as they are");
    }
  };
  if (readTenants && tenantsFile !== null) watchFile(tenantsFile, { interval: WATCH_MS, persistent: false }, reload);
  const authenticator = new Authenticator({
    openTo: kinds.length === 0 ? onlyTenantOf(config) : null,
    apiKeys: () => apiKeys,
    tokens: await tokensFor(config, tenants, options),
    onFailed: failureCounter(options.registry),
    log,
  });
  return {
    admission: new Admission({ authenticator, quota: new RequestQuota(), tenants: admitted(tenants) }),
    allowedOrigins: originsFor(config),
    metricsAccess: metricsFor(config),
    reload,
    stop: () => {
      if (tenantsFile !== null) unwatchFile(tenantsFile, reload);
    },
  };
}

function admitted(tenants: Tenants): AdmittedTenants {
  return {
    servicesOf: (id) => tenants.servicesOf(id),
    requestsPerMinute: (id) => tenants.find(id)?.requestsPerMinute ?? null,
  };
}

/** What reads tokens is loaded only where tokens are accepted. */
async function tokensFor(
  config: Configuration,
  tenants: Tenants,
  { now = () => new Date() }: OpenAccessOptions,
): Promise<Tokens | null> {
  const { jwt } = config.access;
  if (jwt === null) return null;
  const onlyTenant = config.tenants === null ? onlyTenantOf(config) : null;
  const isTenant = (id: string): id is TenantId => isTenantId(id) && tenants.find(id) !== null;
  const { Tokens } = await import("../server/access/tokens.js");
  return new Tokens({ rules: jwt, isTenant, onlyTenant, now });
}

function failureCounter(registry: Registry): () => void {
  const failures = new Counter({
    name: "tributary_authentication_failures_total",
    help: "Requests without valid credentials.",
    registers: [registry],
  });
  return () => {
    failures.inc();
  };
}

/** While the server listens on loopback, pages of loopback origins may send requests. */
function originsFor({ access: { corsOrigins }, server }: Configuration): AllowedOrigins | null {
  if (corsOrigins === "*") return "*";
  if (corsOrigins) return (origin) => corsOrigins.includes(origin);
  return isLoopback(server.host) ? isLoopbackOrigin : null;
}

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopback(new URL(origin).hostname.replace(/^\[|\]$/g, ""));
}

function metricsFor({ access: { metricsToken, kinds } }: Configuration): MetricsAccess {
  if (metricsToken) return { token: metricsToken.reveal() };
  return kinds.length === 0 ? "open" : "closed";
}
