import type { FastifyInstance, onRequestHookHandler } from "fastify";
import { collectDefaultMetrics, Registry } from "prom-client";
import { registerCacheMetrics, type CountedCache } from "./cache-metrics";
import type { FragmentCache } from "./executor/fragment-cache";
import { registerProviderGauges, type OpenTenants } from "./provider-gauges";
import type { RequestMetrics } from "./request-metrics";
import { isGraphRequest } from "./request-outcome";

export interface MetricsOptions {
  readonly openTenants: OpenTenants;
  /** Decides who may read the metrics. */
  readonly metricsHook: onRequestHookHandler;
  readonly fragments: FragmentCache;
  /** The other caches, by their names. */
  readonly caches: Readonly<Record<string, CountedCache>>;
  readonly requestMetrics: RequestMetrics;
  /** The metrics of this server; other parts may have added theirs. */
  readonly registry: Registry;
}

let ofProcess: Registry | null = null;

/** Memory, processor time and garbage collection. prom-client observes them until the process ends, so that it is asked once. */
function metricsOfProcess(): Registry {
  if (ofProcess) return ofProcess;
  ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  return ofProcess;
}

/**
 * Serves `GET /metrics` in the text format of Prometheus: the process, its requests, the state of the providers, and the other
 * metrics in the registry.
 */
export function registerMetrics(app: FastifyInstance, options: MetricsOptions): void {
  const { registry, requestMetrics } = options;
  registerProviderGauges(registry, options.openTenants);
  registerCacheMetrics(registry, options.caches, options.fragments);
  const registries = [metricsOfProcess(), registry];
  app.addHook("onResponse", (request, reply, done) => {
    if (isGraphRequest(request)) requestMetrics.answered(request, reply);
    done();
  });
  app.get("/metrics", { onRequest: options.metricsHook }, async (_, reply) =>
    reply.type(registry.contentType).send(await Registry.merge(registries).metrics()),
  );
}
