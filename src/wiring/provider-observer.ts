import type { Logger } from "pino";
import { Counter, Histogram, type Registry } from "prom-client";
import type { ProviderAttempt, ProviderObserver } from "../providers/http/provider-call";

/** Seconds. Providers usually answer in some hundred milliseconds; the longest wait is their timeout. */
const DURATION_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60];

/**
 * Logs each attempt of a provider call, at `debug`, or at `warn` if it failed, and counts it in `registry`. No label contains
 * data of a tenant.
 */
export function observeProviders(log: Logger, registry: Registry): ProviderObserver {
  const registers = [registry];
  const calls = new Counter({
    name: "tributary_provider_calls_total",
    help: "Attempts to call a provider, by what they came to: OK, or an error's code.",
    labelNames: ["provider", "operation", "outcome"],
    registers,
  });
  const durations = new Histogram({
    name: "tributary_provider_call_duration_seconds",
    help: "How long attempts to call a provider took.",
    labelNames: ["provider", "operation"],
    buckets: DURATION_BUCKETS,
    registers,
  });
  const unreadRows = new Counter({
    name: "tributary_provider_rows_unread_total",
    help: "Rows of providers' answers that cannot be read and were left out.",
    labelNames: ["provider", "operation"],
    registers,
  });
  return {
    attempted: (attempt) => {
      const { provider, operation, code, durationMs } = attempt;
      calls.inc({ provider, operation, outcome: code });
      durations.observe({ provider, operation }, durationMs / 1_000);
      if (code === "OK") log.debug(lineOf(attempt), "provider call");
      else log.warn(lineOf(attempt), "provider call failed");
    },
    rowsUnread: ({ provider, operation, rows, unread }) => {
      unreadRows.inc({ provider, operation }, unread);
      log.warn({ provider, operation, rows, unread }, "rows of a provider's answer cannot be read and are left out");
    },
    echoDiffered: (echo) => {
      log.warn(echo, "a provider says that it saved other values than it was sent");
    },
  };
}

function lineOf({ sent, cause, durationMs, ...attempt }: ProviderAttempt): object {
  return { ...attempt, durationMs: Math.round(durationMs), ...(cause === null ? {} : { sent, cause }) };
}
