import { DAY_MS } from "../../settings/duration";
import { decimal, oneOf, trueOrFalse } from "../../settings/kinds";
import { commonSettings } from "../../settings/provider-settings";
import { setting, type ValuesOf } from "../../settings/setting";

/** The settings of Lusha. */
export const lushaSettings = {
  ...commonSettings("LUSHA", {
    baseUrl: "https://api.lusha.com",
    timeoutMs: 15_000,
    ratePerSecond: 25,
    burst: 25,
    feedMaxAgeMs: 30 * DAY_MS,
  }),
  api: setting("LUSHA_API", oneOf("recommendations", "lookalikes").default("recommendations")),
  excludeForm: setting("LUSHA_EXCLUDE_FORM", oneOf("objects", "ids").default("objects")),
  /** Whether a page with fewer rows than `limit` is the last. */
  shortPageEnds: setting("LUSHA_SHORT_PAGE_ENDS", trueOrFalse.default(false)),
  /** Credits that a budget reserves for each requested result, until the answer states the cost; may be a fraction. */
  creditsPerResult: setting("LUSHA_CREDITS_PER_RESULT", decimal("0 or more").default(1)),
};

export type LushaSettings = ValuesOf<typeof lushaSettings>;
