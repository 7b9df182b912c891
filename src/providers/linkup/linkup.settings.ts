import { DAY_MS } from "../../settings/duration";
import { oneOf, wholeNumber } from "../../settings/kinds";
import { commonSettings } from "../../settings/provider-settings";
import { secretSetting, setting, type ValuesOf } from "../../settings/setting";

/** The settings of LinkUp. The timeout is long: a call that is given up may be charged all the same. */
export const linkupSettings = {
  ...commonSettings("LINKUP", {
    baseUrl: "https://api.linkupapi.com",
    timeoutMs: 60_000,
    ratePerSecond: 5,
    burst: 5,
    feedMaxAgeMs: DAY_MS,
  }),
  /** Used for requests without a login token; `null`: such requests are rejected. */
  loginToken: secretSetting("LINKUP_LOGIN_TOKEN"),
  paging: setting("LINKUP_PAGING", oneOf("totals", "pages").default("totals")),
  /** Maximum of `total_results`. */
  maxResults: setting("LINKUP_MAX_RESULTS", wholeNumber(1).default(300)),
};

export type LinkupSettings = ValuesOf<typeof linkupSettings>;
