import type { LetricsConfig } from "../config/provider.config";
import { unconfiguredSource } from "../feeds/feed-source";
import type { SearchProvider } from "../feeds/searches";
import { LetricsClient } from "../providers/letrics/letrics.client";
import { LetricsFeedSource } from "../providers/letrics/letrics.feed";
import { letricsQuery } from "../providers/letrics/letrics.query";
import { connect, type Connected, type ConnectOptions } from "./connection";

/** @param key `null` where Letrics is not configured. */
export function connectLetrics(
  settings: LetricsConfig,
  key: string | null,
  options: ConnectOptions,
): Connected & { readonly searches: SearchProvider } {
  const { baseUrl, feedMaxAgeMs: maxAgeMs, personalEmailField } = settings;
  const access = key === null || baseUrl === null ? null : { baseUrl, headers: { authorization: `Bearer ${key}` } };
  const connected = connect({ provider: "LETRICS", creditUnit: "call", settings, access, repeats: "safe" }, options);
  const source = connected.http
    ? new LetricsFeedSource(new LetricsClient(connected.http, settings), { maxAgeMs })
    : unconfiguredSource("LETRICS", { maxAgeMs, recheckAfterMs: null });
  return { ...connected, searches: { source, queryOf: (search) => letricsQuery(search, personalEmailField) } };
}
