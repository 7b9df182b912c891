import type { FastifyInstance } from "fastify";
import { allowOrigins, type AllowedOrigins } from "./access/cross-origin";
import { metricsHook, type MetricsAccess } from "./access/metrics-access";
import { registerExplorer } from "./explorer";
import { registerGraph, type GraphRoutesOptions } from "./graph-routes";
import { refuseOtherHosts, type IsAllowedHost } from "./host-check";
import { createHttpApp, type HttpAppOptions } from "./http-app";
import { registerMetrics, type MetricsOptions } from "./metrics";
import { registerPlayground } from "./playground";
import { logRequests } from "./request-log";
import { traceRequests, type RequestTracing } from "./request-spans";
import { registerSandboxPanel, type SandboxPanel } from "./sandbox-panel";

export interface HttpOptions
  extends HttpAppOptions, Omit<GraphRoutesOptions, "hasPlayground">, Omit<MetricsOptions, "metricsHook"> {
  /** `null`: nothing is traced. */
  readonly tracing: RequestTracing | null;
  /** `null`: requests may name any host. */
  readonly isAllowedHost: IsAllowedHost | null;
  /** `null`: no page of another origin may send requests. */
  readonly allowedOrigins: AllowedOrigins | null;
  readonly metricsAccess: MetricsAccess;
  /** The folder of the built playground; `null`: no playground. */
  readonly playground: string | null;
  /** The folder of the built explorer; `null`: no explorer. */
  readonly explorer: string | null;
  /** `null`: the simulators must not be changed, or there are none. */
  readonly sandboxPanel: SandboxPanel | null;
  /** Why the server is not ready; `null` where it is. */
  readonly whyNotReady: () => Promise<object | null>;
}

/** Creates the HTTP server with all routes. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { playground, explorer } = options;
  const app = createHttpApp(options);
  if (options.tracing) traceRequests(app, options.tracing);
  logRequests(app);
  if (options.isAllowedHost) refuseOtherHosts(app, options.isAllowedHost);
  if (playground !== null) await registerPlayground(app, { directory: playground });
  if (explorer !== null) await registerExplorer(app, { directory: explorer });
  if (options.sandboxPanel) registerSandboxPanel(app, options.sandboxPanel);
  await app.register(async (routes) => {
    if (options.allowedOrigins) await allowOrigins(routes, options.allowedOrigins);
    registerGraph(routes, { ...options, hasPlayground: playground !== null });
  });
  app.get("/", (_, reply) => reply.redirect("/graphql"));
  registerHealth(app, options.whyNotReady);
  registerMetrics(app, { ...options, metricsHook: metricsHook(options.metricsAccess) });
  return app;
}

function registerHealth(app: FastifyInstance, whyNotReady: HttpOptions["whyNotReady"]): void {
  app.get("/healthz", () => ({ status: "up" }));
  app.get("/readyz", async (_, reply) => {
    const reason = await whyNotReady();
    return reason ? reply.code(503).send({ status: "not ready", ...reason }) : { status: "ready" };
  });
}
