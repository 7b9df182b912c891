import { Counter, Histogram, type Registry } from "prom-client";
import type { Processes } from "../store/sql/processes";
import type { StatementObserver } from "../store/timed-database";

/** Seconds. Few, since there is one series for each of them and each statement. */
const DURATION_BUCKETS = [0.0005, 0.002, 0.01, 0.05, 0.25, 1, 5];

/** Measures the statements of the database. Their names are fixed: no label contains data. */
export function observeStatements(registry: Registry): StatementObserver {
  const durations = new Histogram({
    name: "tributary_database_duration_seconds",
    help: "How long statements of the database took; commit: until a unit of work was on the disk.",
    labelNames: ["statement"],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  const byName = new Map<string, Histogram.Internal<"statement">>();
  return (statement, ms) => {
    const known = byName.get(statement);
    const duration = known ?? durations.labels({ statement });
    if (!known) byName.set(statement, duration);
    duration.observe(ms / 1_000);
  };
}

/** Counts waits for leases. @param processes `null`: no other process uses the database, and nothing waits. */
export function registerLeaseWaits(registry: Registry, processes: Pick<Processes, "leaseWaits"> | null): void {
  new Counter({
    name: "tributary_lease_waits_total",
    help: "How often a provider call had to wait, since another process made one for the same provider and connection.",
    registers: [registry],
    collect() {
      this.reset();
      this.inc(processes?.leaseWaits ?? 0);
    },
  });
}
