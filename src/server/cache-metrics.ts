import { Counter, Gauge, type Registry } from "prom-client";
import type { FragmentCache } from "./executor/fragment-cache";

/** How often something was looked up in a cache and was there, or was not. */
export interface CountedCache {
  readonly hits: number;
  readonly misses: number;
}

/** Registers the metrics of the caches, by their names. */
export function registerCacheMetrics(
  registry: Registry,
  caches: Readonly<Record<string, CountedCache>>,
  fragments: FragmentCache,
): void {
  const registers = [registry];
  const all = Object.entries({ ...caches, fragments });
  new Counter({
    name: "tributary_cache_requests_total",
    help: "How often something was looked up in a cache, and whether it was there.",
    labelNames: ["cache", "result"],
    registers,
    collect() {
      this.reset();
      for (const [cache, { hits, misses }] of all) {
        this.inc({ cache, result: "hit" }, hits);
        this.inc({ cache, result: "miss" }, misses);
      }
    },
  });
  new Gauge({
    name: "tributary_cache_bytes",
    help: "Bytes that a cache holds at most.",
    labelNames: ["cache"],
    registers,
    collect() {
      this.set({ cache: "fragments" }, fragments.bytes);
    },
  });
}
