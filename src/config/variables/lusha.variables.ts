import { baseUrl } from "../kinds/address.kinds";
import { decimal, duration, timeoutMs, wholeNumber } from "../kinds/number.kinds";
import { secretText } from "../kinds/secret.kinds";
import { oneOf, trueOrFalse } from "../kinds/text.kinds";
import { DAY_MS, HOUR_MS } from "../duration";
import type { LushaConfig } from "../provider.config";
import { orDefault, orNull, type Values } from "../variable";

/** Everything that is set for Lusha. */
export const lushaVariables = {
  LUSHA_API_KEY: orNull(secretText),
  LUSHA_BASE_URL: orDefault(baseUrl, "https://api.lusha.com"),
  LUSHA_TIMEOUT_MS: orDefault(timeoutMs, 15_000),
  LUSHA_RATE_PER_SECOND: orDefault(decimal("more than 0"), 25),
  LUSHA_BURST: orDefault(wholeNumber(1), 25),
  LUSHA_CREDIT_BUDGET: orNull(wholeNumber(0)),
  LUSHA_FEED_MAX_AGE: orDefault(duration, 30 * DAY_MS),
  LUSHA_RECHECK_AFTER: orDefault(duration, HOUR_MS),
  LUSHA_API: orDefault(oneOf("recommendations", "lookalikes"), "recommendations"),
  LUSHA_EXCLUDE_FORM: orDefault(oneOf("objects", "ids"), "objects"),
  LUSHA_SHORT_PAGE_ENDS: orDefault(trueOrFalse, false),
  LUSHA_CREDITS_PER_RESULT: orDefault(decimal("0 or more"), 1),
};

/** Lusha's settings, from their variables. */
export function lushaConfig(values: Values<typeof lushaVariables>): LushaConfig {
  return {
    apiKey: values.LUSHA_API_KEY,
    baseUrl: values.LUSHA_BASE_URL,
    timeoutMs: values.LUSHA_TIMEOUT_MS,
    ratePerSecond: values.LUSHA_RATE_PER_SECOND,
    burst: values.LUSHA_BURST,
    creditBudget: values.LUSHA_CREDIT_BUDGET,
    feedMaxAgeMs: values.LUSHA_FEED_MAX_AGE,
    recheckAfterMs: values.LUSHA_RECHECK_AFTER,
    api: values.LUSHA_API,
    excludeForm: values.LUSHA_EXCLUDE_FORM,
    shortPageEnds: values.LUSHA_SHORT_PAGE_ENDS,
    creditsPerResult: values.LUSHA_CREDITS_PER_RESULT,
  };
}
