import { baseUrl } from "../kinds/address.kinds";
import { decimal, duration, timeoutMs, wholeNumber } from "../kinds/number.kinds";
import { secretText } from "../kinds/secret.kinds";
import { oneOf } from "../kinds/text.kinds";
import { DAY_MS, HOUR_MS } from "../duration";
import type { LinkupConfig } from "../provider.config";
import { orDefault, orNull, type Values } from "../variable";

/** Everything that is set for LinkUp. */
export const linkupVariables = {
  LINKUP_API_KEY: orNull(secretText),
  LINKUP_BASE_URL: orDefault(baseUrl, "https://api.linkupapi.com"),
  LINKUP_TIMEOUT_MS: orDefault(timeoutMs, 15_000),
  LINKUP_RATE_PER_SECOND: orDefault(decimal("more than 0"), 5),
  LINKUP_BURST: orDefault(wholeNumber(1), 5),
  LINKUP_CREDIT_BUDGET: orNull(wholeNumber(0)),
  LINKUP_FEED_MAX_AGE: orDefault(duration, DAY_MS),
  LINKUP_RECHECK_AFTER: orDefault(duration, HOUR_MS),
  LINKUP_LOGIN_TOKEN: orNull(secretText),
  LINKUP_PAGING: orDefault(oneOf("totals", "pages"), "totals"),
  LINKUP_MAX_RESULTS: orDefault(wholeNumber(1), 300),
};

/** LinkUp's settings, from their variables. */
export function linkupConfig(values: Values<typeof linkupVariables>): LinkupConfig {
  return {
    apiKey: values.LINKUP_API_KEY,
    baseUrl: values.LINKUP_BASE_URL,
    timeoutMs: values.LINKUP_TIMEOUT_MS,
    ratePerSecond: values.LINKUP_RATE_PER_SECOND,
    burst: values.LINKUP_BURST,
    creditBudget: values.LINKUP_CREDIT_BUDGET,
    feedMaxAgeMs: values.LINKUP_FEED_MAX_AGE,
    recheckAfterMs: values.LINKUP_RECHECK_AFTER,
    loginToken: values.LINKUP_LOGIN_TOKEN,
    paging: values.LINKUP_PAGING,
    maxResults: values.LINKUP_MAX_RESULTS,
  };
}
