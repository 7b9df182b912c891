import { DAY_MS } from "../../settings/duration";
import { fieldName, oneOf, path } from "../../settings/kinds";
import { commonSettings } from "../../settings/provider-settings";
import { setting, type ValuesOf } from "../../settings/setting";

/** The settings of Letrics. */
export const letricsSettings = {
  ...commonSettings("LETRICS", {
    baseUrl: null,
    timeoutMs: 15_000,
    ratePerSecond: 5,
    burst: 5,
    feedMaxAgeMs: DAY_MS,
  }),
  contactsPath: setting("LETRICS_CONTACTS_PATH", path.default("/contacts")),
  companiesPath: setting("LETRICS_COMPANIES_PATH", path.default("/companies")),
  /** `POST` sends a JSON body, `GET` a query string. */
  method: setting("LETRICS_METHOD", oneOf("POST", "GET").default("POST")),
  /** The name of the filter for personal e-mails; newer versions of the API call it `has_personal_email`. */
  personalEmailField: setting("LETRICS_PERSONAL_EMAIL_FIELD", fieldName.default("has_personal_emails")),
};

export type LetricsSettings = ValuesOf<typeof letricsSettings>;
