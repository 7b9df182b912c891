import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { Registry } from "prom-client";
import { isLoopback } from "./config/loopback";
import type { TenantId } from "./domain/tenant-id";
import type { Tracing } from "./domain/tracing";
import { profileIdsBy } from "./feeds/profiles/profile-id";
import { buildSubgraph } from "./graphql/federation/subgraph";
import { byProvider, type Provider } from "./domain/provider";
import type { CountedCache } from "./server/cache-metrics";
import { createGraphServer, type GraphServerOptions } from "./server/graph-server";
import type { IsAllowedHost } from "./server/host-check";
import { createHttp } from "./server/http";
import { RequestMetrics } from "./server/request-metrics";
import type { SandboxPanel } from "./server/sandbox-panel";
import type { Sandbox } from "./sandbox/sandbox";
import type { Database } from "./store/open-database";
import type { DatabaseVersion } from "./store/migrations/versions";
import { ownSecret } from "./store/setting.sql";
import type { Processes } from "./store/sql/processes";
import { tenantsOf as storedTenants } from "./store/tenants";
import { openTracing } from "./telemetry/open-tracing";
import type { Configuration } from "./wiring/configuration";
import { databaseText, tenantsText, versionText } from "./wiring/configured";
import { addressText, tryToListen, withListenRefusal } from "./wiring/listen-refusal";
import { EXPLORER_DIRECTORY, PLAYGROUND_DIRECTORY } from "./wiring/page-directories";
import { observeStatements, registerLeaseWaits } from "./wiring/database-metrics";
import { registeredOperations } from "./wiring/registered-operations";
import { lostBefore, openStoreDatabase } from "./wiring/open-store-database";
import { observeProviders } from "./wiring/provider-observer";
import { SAFE_TO_ASK_AGAIN } from "./wiring/provider-list";
import { openSandbox } from "./wiring/open-sandbox";
import { createCommonServices } from "./wiring/services";
import { SpendingWatch } from "./wiring/spending-watch";
import { reportHeldWrites, reportTrouble, whyNotReady, type NotReady } from "./wiring/store-reports";
import { storesOf, type Stores } from "./wiring/stores";
import { Sweeper, type SweeperDependencies } from "./wiring/sweeper";
import { openAccess } from "./wiring/open-access";
import { onlyTenantOf, TenantOpener, tenantsOf, type TenantOpenerOptions } from "./wiring/open-tenant";
import { Tenants, type Tenant } from "./wiring/open-tenants";

/** A running server. */
export interface Tributary {
  /** The graph's address, with the port that was taken. */
  readonly url: string;
  /** Reads the tenants file again; an invalid one changes nothing and is logged. Without a file it does nothing. */
  reloadTenants(): void;
  /** Finishes running requests and calls, then closes everything. */
  stop(): Promise<void>;
}

export interface TributaryOptions {
  readonly log: Logger;
  /** Reads the tenants again; left out: they are never read again. @throws {ConfigError} the file is invalid. */
  readonly readTenants?: () => readonly Tenant[];
  readonly now?: () => Date;
  /** Whether our own executor runs queries (the default); `false`: graphql-js runs everything. */
  readonly ownExecutor?: boolean;
  /** Pause before the first retry of a provider call. */
  readonly backoffMs?: number;
  /** Longest wait for a lock of the database that another process holds. */
  readonly lockWaitMs?: number;
  readonly playgroundDirectory?: string;
  readonly explorerDirectory?: string;
  /** Simulators that run already, and that the caller closes; left out: the sandbox starts its own. */
  readonly sandbox?: Sandbox;
}

/**
 * Starts everything: database, sandbox if it is on, providers, graph, HTTP.
 *
 * @throws {ConfigError} a registered operation is not valid in the graph.
 * @throws {UnusableDatabaseError} the database cannot be used.
 * @throws {StartError} the server cannot listen, or a page was not built.
 * @example
 *   const { url, stop } = await startTributary(readConfiguration({ PORT: "0" }), { log });
 */
export async function startTributary(config: Configuration, options: TributaryOptions): Promise<Tributary> {
  const schema = buildSubgraph();
  const operations = registeredOperations(config, schema);
  const registry = new Registry();
  await tryToListen(config.server); // else a server that cannot start would have migrated the database
  const tracing = config.tracesUrl === null ? null : await openTracing(config.tracesUrl, options.log);
  const observing = { registry, tracing };
  const graph = await openGraph(config, observing, options);
  const requestMetrics = new RequestMetrics(registry);
  const server = createGraphServer({
    ...graphServerOptions(config, options),
    schema,
    automaticPersistedQueries: operations === null,
    onError: requestMetrics.countError,
  });
  await server.startServers();
  const access = await openAccess(config, graph.tenants, { ...options, registry });
  const http = await createHttp({
    ...server,
    ...access,
    ...pageDirectories(config, options),
    openTenants: () => graph.tenants.open(),
    bodyLimitBytes: config.limits.bodyBytes,
    operations,
    ...observing,
    requestMetrics,
    caches: { operations: server.knownOperations, pages: graph.pages },
    sandboxPanel: isLoopback(config.server.host) ? graph.sandboxPanel : null,
    whyNotReady: graph.whyNotReady,
    isAllowedHost: allowedHosts(config),
    log: options.log,
  });
  const ends = [() => http.close(), () => server.stopServers(), () => graph.close(), () => tracing?.close()];
  const stop = async (): Promise<void> => {
    access.stop();
    for (const end of ends) await end();
  };
  await listen(http, config.server, stop);
  return { url: urlOf(config.server.host, http.server.address()), reloadTenants: () => access.reload(), stop };
}

function graphServerOptions(
  { introspection, limits }: Configuration,
  { ownExecutor = true, log }: TributaryOptions,
): Pick<GraphServerOptions, "buildEstimatorSchema" | "ownExecutor" | "introspection" | "limits" | "log"> {
  return { ownExecutor, buildEstimatorSchema: buildSubgraph, introspection, limits, log };
}

/** The folders of the built pages that are served. */
function pageDirectories({ playground, sandbox }: Configuration, options: TributaryOptions) {
  return {
    playground: playground ? (options.playgroundDirectory ?? PLAYGROUND_DIRECTORY) : null,
    explorer: sandbox && playground ? (options.explorerDirectory ?? EXPLORER_DIRECTORY) : null,
  };
}

/** @throws {StartError} the server cannot listen there, and was stopped. */
async function listen(
  http: FastifyInstance,
  { host, port }: Configuration["server"],
  stop: () => Promise<void>,
): Promise<void> {
  const listening = (): string => "listening"; // `main` logs the address, once everything is ready
  try {
    await http.listen({ host, port, listenTextResolver: listening });
  } catch (error) {
    await stop();
    throw withListenRefusal(error, { host, port });
  }
}

/** `null`: requests may name any host. */
function allowedHosts({ server: { allowedHosts } }: Configuration): IsAllowedHost | null {
  return allowedHosts && ((name) => isLoopback(name) || allowedHosts.includes(name));
}

/** The services of the graph, and what must be closed with them. */
interface OpenGraph {
  readonly tenants: Tenants;
  /** `null` where the sandbox is off. */
  readonly sandboxPanel: SandboxPanel | null;
  readonly whyNotReady: () => Promise<NotReady | null>;
  /** The cache of whole pages. */
  readonly pages: CountedCache;
  /** Waits for running provider calls, and closes everything. */
  close(): Promise<void>;
}

async function openGraph(
  config: Configuration,
  { registry, tracing }: { readonly registry: Registry; readonly tracing: Tracing | null },
  { log, now = () => new Date(), backoffMs, lockWaitMs, sandbox: running }: TributaryOptions,
): Promise<OpenGraph> {
  const traced = tracing ? { tracing } : {};
  const watching = { onTrouble: reportTrouble(log), onStatement: observeStatements(registry), tracing };
  const { database, version, ...others } = await openStoreDatabase(config.database, { ...watching, lockWaitMs });
  registerLeaseWaits(registry, others.processes);
  reportOpened(log, config, version);
  const stores = storesOf(database);
  const sandbox = await openSandbox(config, running);
  const budgetOf = budgetsOf((id) => tenants.find(id));
  const common = createCommonServices(stores, {
    ...{ budgetOf, now, ...traced },
    cursorSecrets: config.cursorSecrets?.reveal() ?? [await ownSecret(database, "cursor_secret")],
    spending: new SpendingWatch({ log, registry, ledger: stores.ledger, budgetOf, now }),
    held: { report: reportHeldWrites(log) },
    ...others,
  });
  const observed = { ...traced, observer: observeProviders(log, registry) };
  const connecting = { proxy: config.providerProxy, now, backoffMs, ...observed };
  const opener = await openerFor({ config, database, common, sandbox, connecting, ...others });
  const tenants = new Tenants(tenantsOf(config), { open: (tenant) => opener.open(tenant), now });
  const endLost = lostCallsEnder(stores.ledger, others.processes, now, (id) => tenants.find(id) ?? config);
  await endLost();
  if (config.tenants === null) await tenants.servicesOf(onlyTenantOf(config));
  const sweeping = { feeds: common.feeds, endLost: others.processes && endLost, afterSweep: () => tenants.closeIdle() };
  const sweeper = await startSweeper(config, database, { ...stores, ...sweeping, now, log });
  return {
    tenants,
    sandboxPanel: sandbox?.conditions ?? null,
    whyNotReady: () => whyNotReady(database, [common.extender, database]),
    pages: common.graph.feedPages.cache,
    close: () =>
      closeAll([() => sweeper.stop(), () => common.extender.end(), () => tenants.close()], sandbox, database),
  };
}

/** Ends `parts` one after the other, then the simulators and the database. */
async function closeAll(
  parts: readonly (() => Promise<void>)[],
  sandbox: { close(): Promise<void> } | null,
  database: Database,
): Promise<void> {
  for (const end of parts) await end();
  await sandbox?.close();
  await database.destroy();
}

/** Ends calls of processes that died. */
function lostCallsEnder(
  ledger: Stores["ledger"],
  processes: Processes | null,
  now: () => Date,
  settingsOf: (tenant: TenantId) => Pick<Tenant, "providers">,
): () => Promise<void> {
  const before = (tenant: TenantId, provider: Provider): Date | null =>
    lostBefore(processes, now(), settingsOf(tenant).providers[provider].timeoutMs);
  return () => ledger.endLost(SAFE_TO_ASK_AGAIN, now(), before);
}

/** Credits per calendar month (UTC) of a tenant, by provider; `null`: no limit. */
function budgetsOf(find: (id: TenantId) => Tenant | null): (id: TenantId, provider: Provider) => number | null {
  return (id, provider) => find(id)?.providers[provider].creditBudget ?? null;
}

/** Logs which database is open, whether it is new, and who is configured. */
function reportOpened(log: Logger, config: Configuration, version: DatabaseVersion): void {
  const database = databaseText(config.database);
  const fields = { database, version: version.own, isNew: version.found === null };
  log.info(fields, `the database is open: ${database}, ${versionText(version)}`);
  log.info(`configured: ${tenantsText(tenantsOf(config))}`);
}

async function openerFor(options: Omit<TenantOpenerOptions, "accountSecret" | "profileIdOf">): Promise<TenantOpener> {
  const { database } = options;
  const profileIdOf = profileIdsBy(await ownSecret(database, "profile_secret"));
  return new TenantOpener({ ...options, profileIdOf, accountSecret: await ownSecret(database, "account_secret") });
}

async function startSweeper(
  { keep, providers }: Configuration,
  database: Database,
  dependencies: Omit<SweeperDependencies, "keep" | "tenants">,
): Promise<Sweeper> {
  const tenants = (): Promise<readonly TenantId[]> => storedTenants(database);
  const maxAgesMs = byProvider((provider) => providers[provider].feedMaxAgeMs);
  const sweeper = new Sweeper({ ...dependencies, tenants, keep: { ...keep, maxAgesMs } });
  await sweeper.start();
  return sweeper;
}

function urlOf(host: string, address: AddressInfo | string | null): string {
  const port = typeof address === "object" && address ? address.port : 0;
  return `http://${addressText({ host, port })}/graphql`;
}
