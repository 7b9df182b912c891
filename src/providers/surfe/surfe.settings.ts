import { DAY_MS, HOUR_MS } from "../../settings/duration";
import { duration, wholeNumber } from "../../settings/kinds";
import { commonSettings } from "../../settings/provider-settings";
import { setting, type ValuesOf } from "../../settings/setting";

/** The settings of Surfe. */
export const surfeSettings = {
  ...commonSettings("SURFE", {
    baseUrl: "https://api.surfe.com",
    timeoutMs: 15_000,
    ratePerSecond: 10,
    burst: 20,
    feedMaxAgeMs: 3650 * DAY_MS,
  }),
  /** After this time Surfe is asked again whether an ended feed has more rows. */
  recheckAfterMs: setting("SURFE_RECHECK_AFTER", duration.default(HOUR_MS)),
  /** Maximum number of rows of one fetch, including the anchor row. */
  maxWindow: setting("SURFE_MAX_WINDOW", wholeNumber(2).default(200)),
};

export type SurfeSettings = ValuesOf<typeof surfeSettings>;
