import { baseUrl } from "../kinds/address.kinds";
import { decimal, duration, timeoutMs, wholeNumber } from "../kinds/number.kinds";
import { secretText } from "../kinds/secret.kinds";
import { DAY_MS, HOUR_MS } from "../duration";
import type { SurfeConfig } from "../provider.config";
import { orDefault, orNull, type Values } from "../variable";

/** Everything that is set for Surfe. */
export const surfeVariables = {
  SURFE_API_KEY: orNull(secretText),
  SURFE_BASE_URL: orDefault(baseUrl, "https://api.surfe.com"),
  SURFE_TIMEOUT_MS: orDefault(timeoutMs, 15_000),
  SURFE_RATE_PER_SECOND: orDefault(decimal("more than 0"), 10),
  SURFE_BURST: orDefault(wholeNumber(1), 20),
  SURFE_CREDIT_BUDGET: orNull(wholeNumber(0)),
  SURFE_FEED_MAX_AGE: orDefault(duration, 3650 * DAY_MS),
  SURFE_RECHECK_AFTER: orDefault(duration, HOUR_MS),
  SURFE_MAX_WINDOW: orDefault(wholeNumber(2), 200),
};

/** Surfe's settings, from their variables. */
export function surfeConfig(values: Values<typeof surfeVariables>): SurfeConfig {
  return {
    apiKey: values.SURFE_API_KEY,
    baseUrl: values.SURFE_BASE_URL,
    timeoutMs: values.SURFE_TIMEOUT_MS,
    ratePerSecond: values.SURFE_RATE_PER_SECOND,
    burst: values.SURFE_BURST,
    creditBudget: values.SURFE_CREDIT_BUDGET,
    feedMaxAgeMs: values.SURFE_FEED_MAX_AGE,
    recheckAfterMs: values.SURFE_RECHECK_AFTER,
    maxWindow: values.SURFE_MAX_WINDOW,
  };
}
