import { DAY_MS, HOUR_MS } from "../../settings/duration";
import { duration, wholeNumber } from "../../settings/kinds";
import { commonSettings } from "../../settings/provider-settings";
import { setting, type ValuesOf } from "../../settings/setting";

/** Everything that can be set for Surfe. */
export const surfeSettings = {
  ...commonSettings("SURFE", {
    baseUrl: "https://api.surfe.com",
    timeoutMs: 15_000,
    ratePerSecond: 10,
    burst: 20,
    feedMaxAgeMs: 3650 * DAY_MS,
  }),
  /** How long an exhausted feed is taken as exhausted before Surfe is asked again. */
  recheckAfterMs: setting("SURFE_RECHECK_AFTER", duration.default(HOUR_MS)),
  /** Most rows asked for in one fetch, the anchor row included. */
  maxWindow: setting("SURFE_MAX_WINDOW", wholeNumber(2).default(200)),
};

export type SurfeSettings = ValuesOf<typeof surfeSettings>;
