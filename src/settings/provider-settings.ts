import { baseUrl, decimal, duration, optional, timeoutMs, wholeNumber } from "./kinds";
import type { Secret } from "./secret";
import { secretSetting, setting, type Setting } from "./setting";

/** The settings of every provider; a provider may have more. */
export type ProviderSettings = {
  /** `null`: the provider is not configured, except while the sandbox is on. */
  readonly apiKey: Setting<Secret | null>;
  /** Absolute, without a slash at its end. `null` only where there is no default and no key. */
  readonly baseUrl: Setting<string | null>;
  /** Limit of one attempt, from the connect to the last byte. */
  readonly timeoutMs: Setting<number>;
  /** May be a fraction: 0.5 is one call in two seconds. */
  readonly ratePerSecond: Setting<number>;
  readonly burst: Setting<number>;
  /** Credits per calendar month (UTC) and tenant; `null`: no budget. */
  readonly creditBudget: Setting<number | null>;
  /** Age after which a query without a cursor starts a new feed. */
  readonly feedMaxAgeMs: Setting<number>;
};

export interface CommonDefaults {
  /** `null`: the provider has no public address, so the setting is required with its key. */
  readonly baseUrl: string | null;
  readonly timeoutMs: number;
  readonly ratePerSecond: number;
  readonly burst: number;
  readonly feedMaxAgeMs: number;
}

/**
 * The common settings, with the provider's own defaults.
 *
 * @param prefix first part of the variables' names, such as `SURFE`.
 */
export function commonSettings(prefix: string, defaults: CommonDefaults): ProviderSettings {
  return {
    apiKey: secretSetting(`${prefix}_API_KEY`),
    baseUrl: setting(`${prefix}_BASE_URL`, baseUrl.nullable().default(defaults.baseUrl)),
    timeoutMs: setting(`${prefix}_TIMEOUT_MS`, timeoutMs.default(defaults.timeoutMs)),
    ratePerSecond: setting(`${prefix}_RATE_PER_SECOND`, decimal("more than 0").default(defaults.ratePerSecond)),
    burst: setting(`${prefix}_BURST`, wholeNumber(1).default(defaults.burst)),
    creditBudget: setting(`${prefix}_CREDIT_BUDGET`, optional(wholeNumber(0))),
    feedMaxAgeMs: setting(`${prefix}_FEED_MAX_AGE`, duration.default(defaults.feedMaxAgeMs)),
  };
}
