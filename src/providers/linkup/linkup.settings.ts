import { DAY_MS } from "../../settings/duration";
import { oneOf, wholeNumber } from "../../settings/kinds";
import { commonSettings } from "../../settings/provider-settings";
import { secretSetting, setting, type ValuesOf } from "../../settings/setting";

/** Everything that can be set for LinkUp. A call may take long: it is charged, so it must not be repeated. */
export const linkupSettings = {
  ...commonSettings("LINKUP", {
    baseUrl: "https://api.linkupapi.com",
    timeoutMs: 60_000,
    ratePerSecond: 5,
    burst: 5,
    feedMaxAgeMs: DAY_MS,
  }),
  /** Serves requests that bring no login token of their own; `null`: such requests are refused. */
  loginToken: secretSetting("LINKUP_LOGIN_TOKEN"),
  paging: setting("LINKUP_PAGING", oneOf("totals", "pages").default("totals")),
  /** Largest `total_results`. */
  maxResults: setting("LINKUP_MAX_RESULTS", wholeNumber(1).default(300)),
};

export type LinkupSettings = ValuesOf<typeof linkupSettings>;
