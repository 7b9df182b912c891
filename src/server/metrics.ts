import type { FastifyInstance, onRequestHookHandler } from "fastify";
import { PROVIDERS } from "../domain/provider";
import { collectDefaultMetrics, Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { GraphServices } from "../graphql/graph-services";
import type { FragmentCache } from "./executor/fragment-cache";

/** Seconds. A recorded page takes about a millisecond, a provider call up to its timeout. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

const CIRCUIT_VALUES = { CLOSED: 0, HALF_OPEN: 1, OPEN: 2 } as const;

/** The services that are open now, by tenant. */
export type OpenTenants = () => readonly { readonly id: string; readonly services: GraphServices }[];

export interface MetricsOptions {
  readonly openTenants: OpenTenants;
  /** Decides who may read the metrics. */
  readonly hook: onRequestHookHandler;
  readonly fragments: FragmentCache;
  /** The metrics of this process; other parts may have added theirs. */
  readonly registry: Registry;
}

/**
 * Serves `GET /metrics` in the text format of Prometheus: the process, its requests, the state of the providers, and the other
 * metrics in the registry.
 */
export function registerMetrics(
  app: FastifyInstance,
  { openTenants, hook, fragments, registry }: MetricsOptions,
): void {
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: "tributary_http_request_duration_seconds",
    help: "How long requests to the graph took.",
    labelNames: ["status"],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  registerProviderGauges(registry, openTenants);
  registerFragmentMetrics(registry, fragments);
  const byStatus = new Map<number, Histogram.Internal<"status">>();
  app.addHook("onResponse", (request, { statusCode: status, elapsedTime }, done) => {
    if (request.routeOptions.url === "/graphql") {
      const duration = byStatus.get(status) ?? durations.labels({ status });
      byStatus.set(status, duration);
      duration.observe(elapsedTime / 1_000);
    }
    done();
  });
  app.get("/metrics", { onRequest: hook }, async (_, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

/** Of all tenants together: no label names a tenant. */
function registerProviderGauges(registry: Registry, openTenants: OpenTenants): void {
  new Gauge({
    name: "tributary_provider_circuit",
    help: "Whether calls to a provider are let through: 0 closed, 1 half open, 2 open; the highest of all tenants.",
    labelNames: ["provider"],
    registers: [registry],
    collect() {
      const statuses = openTenants().flatMap(({ services }) => services.providerStatuses());
      for (const provider of PROVIDERS) {
        const circuits = statuses.filter((status) => status.provider === provider).map(({ circuit }) => circuit);
        if (circuits.length > 0) this.set({ provider }, Math.max(...circuits.map((one) => CIRCUIT_VALUES[one])));
      }
    },
  });
  new Gauge({
    name: "tributary_provider_credits_spent",
    help: "Credits that a provider has charged since ever, by the ledger.",
    labelNames: ["provider"],
    registers: [registry],
    async collect() {
      const periods = PROVIDERS.map((provider) => ({ provider, since: null }));
      const byTenant = await Promise.all(openTenants().map(({ id, services }) => services.creditsSpent(id, periods)));
      for (const [at, provider] of PROVIDERS.entries()) {
        this.set(
          { provider },
          byTenant.reduce((sum, spent) => sum + (spent[at] ?? 0), 0),
        );
      }
    },
  });
}

function registerFragmentMetrics(registry: Registry, fragments: FragmentCache): void {
  new Counter({
    name: "tributary_cache_requests_total",
    help: "How often something was looked up in a cache, and whether it was there.",
    labelNames: ["cache", "result"],
    registers: [registry],
    collect() {
      this.reset();
      this.inc({ cache: "fragments", result: "hit" }, fragments.hits);
      this.inc({ cache: "fragments", result: "miss" }, fragments.misses);
    },
  });
  new Gauge({
    name: "tributary_cache_bytes",
    help: "Bytes that a cache holds at most.",
    labelNames: ["cache"],
    registers: [registry],
    collect() {
      this.set({ cache: "fragments" }, fragments.bytes);
    },
  });
}
