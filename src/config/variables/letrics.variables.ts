import { baseUrl, path } from "../kinds/address.kinds";
import { decimal, duration, timeoutMs, wholeNumber } from "../kinds/number.kinds";
import { secretText } from "../kinds/secret.kinds";
import { fieldName, oneOf } from "../kinds/text.kinds";
import { DAY_MS, HOUR_MS } from "../duration";
import type { LetricsConfig } from "../provider.config";
import { orDefault, orNull, type Values } from "../variable";

/** Everything that is set for Letrics. */
export const letricsVariables = {
  LETRICS_API_KEY: orNull(secretText),
  LETRICS_BASE_URL: orNull(baseUrl),
  LETRICS_TIMEOUT_MS: orDefault(timeoutMs, 15_000),
  LETRICS_RATE_PER_SECOND: orDefault(decimal("more than 0"), 5),
  LETRICS_BURST: orDefault(wholeNumber(1), 5),
  LETRICS_CREDIT_BUDGET: orNull(wholeNumber(0)),
  LETRICS_FEED_MAX_AGE: orDefault(duration, DAY_MS),
  LETRICS_RECHECK_AFTER: orDefault(duration, HOUR_MS),
  LETRICS_CONTACTS_PATH: orDefault(path, "/contacts"),
  LETRICS_COMPANIES_PATH: orDefault(path, "/companies"),
  LETRICS_METHOD: orDefault(oneOf("POST", "GET"), "POST"),
  LETRICS_PERSONAL_EMAIL_FIELD: orDefault(fieldName, "has_personal_emails"),
};

/** Letrics's settings, from their variables. */
export function letricsConfig(values: Values<typeof letricsVariables>): LetricsConfig {
  return {
    apiKey: values.LETRICS_API_KEY,
    baseUrl: values.LETRICS_BASE_URL,
    timeoutMs: values.LETRICS_TIMEOUT_MS,
    ratePerSecond: values.LETRICS_RATE_PER_SECOND,
    burst: values.LETRICS_BURST,
    creditBudget: values.LETRICS_CREDIT_BUDGET,
    feedMaxAgeMs: values.LETRICS_FEED_MAX_AGE,
    recheckAfterMs: values.LETRICS_RECHECK_AFTER,
    contactsPath: values.LETRICS_CONTACTS_PATH,
    companiesPath: values.LETRICS_COMPANIES_PATH,
    method: values.LETRICS_METHOD,
    personalEmailField: values.LETRICS_PERSONAL_EMAIL_FIELD,
  };
}
