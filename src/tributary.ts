import { join } from "node:path";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import type { Config } from "./config/config";
import { buildGraph } from "./graphql/schema";
import { createApollo } from "./server/apollo";
import { createHttp } from "./server/http";
import { startSandbox, type Sandbox } from "./sandbox/sandbox";
import { isAnswering, openDatabase } from "./store/database";
import { SqlIcpStore } from "./store/icp.store";
import { SqlCallLedger } from "./store/ledger.store";
import { ownSecret } from "./store/setting.store";
import { connectProviders } from "./wiring/providers";
import { createServices } from "./wiring/services";

/** A server that answers. */
export interface Tributary {
  /** The graph's address, with the port that was taken. */
  readonly url: string;
  /** Finishes what was begun, then lets go of everything. */
  stop(): Promise<void>;
}

export interface TributaryOptions {
  readonly log: Logger;
  readonly now?: () => Date;
  /** How often a query runs the ordinary way before it is compiled. */
  readonly compileAfter?: number;
  /** The first pause before a provider call is repeated. */
  readonly backoffMs?: number;
  readonly playgroundDirectory?: string;
}

const COMPILE_AFTER = 1;
const PLAYGROUND_DIRECTORY = join(__dirname, "playground");

/**
 * What sandbox and real providers say is kept apart, as if two tenants: trying the graph out must not leave invented
 * companies among the real ones.
 */
function tenantOf({ sandbox }: Config): string {
  return sandbox ? "sandbox" : "default";
}

/**
 * Starts everything: database, sandbox where it is on, providers, graph, HTTP.
 *
 * @throws where the database cannot be opened or the port is taken.
 */
export async function startTributary(config: Config, options: TributaryOptions): Promise<Tributary> {
  const { log, now = () => new Date() } = options;
  const tenant = tenantOf(config);
  const database = await openDatabase(config.database.path);
  await new SqlCallLedger(database).settleLost(now());
  const icps = new SqlIcpStore(database);
  const sandbox: Sandbox | null = config.sandbox ? await startSandbox() : null;
  // The simulators forget with every start which profiles they were sent.
  if (sandbox) await icps.forgetSent(tenant);
  const providers = connectProviders({
    config,
    sandbox,
    profiles: icps,
    accountSecret: await ownSecret(database, "account_secret"),
    now,
    backoffMs: options.backoffMs,
  });
  const { services, extender } = await createServices({ config, database, providers, now });
  const apollo = createApollo({
    schema: buildGraph(),
    introspection: config.introspection,
    limits: config.limits,
    prices: providers.prices,
    compileAfter: options.compileAfter ?? COMPILE_AFTER,
    log,
  });
  await apollo.start();
  const http = await createHttp({
    apollo,
    services,
    tenant,
    bodyLimitBytes: config.limits.bodyBytes,
    playground: config.playground ? (options.playgroundDirectory ?? PLAYGROUND_DIRECTORY) : null,
    isReady: () => isAnswering(database),
    log,
  });
  const listening = () => "listening"; // the address is logged once, when everything is ready
  await http.listen({ host: config.server.host, port: config.server.port, listenTextResolver: listening });
  const stop = async (): Promise<void> => {
    await http.close();
    await apollo.stop();
    await extender.idle();
    providers.close();
    await sandbox?.close();
    await database.destroy();
  };
  return { url: urlOf(config.server.host, http.server.address()), stop };
}

function urlOf(host: string, address: AddressInfo | string | null): string {
  const port = typeof address === "object" && address ? address.port : 0;
  return `http://${host.includes(":") ? `[${host}]` : host}:${String(port)}/graphql`;
}
