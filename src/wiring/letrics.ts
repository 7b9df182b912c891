import { unconfiguredSource } from "../feeds/feed/feed-source.port";
import type { ProfileList } from "../feeds/recommendations/profile-list.port";
import { cannotServe } from "../feeds/recommendations/profile-plan";
import type { SearchProvider } from "../feeds/searches/catalogue-searches";
import { LetricsClient } from "../providers/letrics/letrics.client";
import { LetricsFeedSource } from "../providers/letrics/letrics.feed";
import { letricsProfileQuery, letricsQuery } from "../providers/letrics/letrics.query";
import { listIdOf } from "../relay/cursor";
import type { LetricsSettings } from "../providers/letrics/letrics.settings";
import { connect, type Connected, type ConnectOptions } from "./connection";

const NEEDS_FILTERS =
  "finds companies by industry or location, and this profile names neither: save it with `industries` or `primaryLocations`.";

/** @param key `null` where Letrics is not configured. */
export function connectLetrics(
  settings: LetricsSettings,
  key: string | null,
  options: ConnectOptions,
): Connected & { readonly searches: SearchProvider; readonly profileList: ProfileList } {
  const { feedMaxAgeMs: maxAgeMs, personalEmailField } = settings;
  const headers = key === null ? null : { authorization: `Bearer ${key}` };
  const connected = connect({ provider: "LETRICS", creditUnit: "call", settings, headers, repeats: "safe" }, options);
  const source = connected.http
    ? new LetricsFeedSource(new LetricsClient(connected.http, settings), { maxAgeMs })
    : unconfiguredSource("LETRICS", { maxAgeMs, recheckAfterMs: null });
  return {
    ...connected,
    searches: { source, queryOf: (search) => letricsQuery(search, personalEmailField) },
    profileList: {
      kind: "LETRICS companies",
      provider: "LETRICS",
      source,
      serve: (tenant, { criteria }) => {
        const query = letricsProfileQuery(criteria);
        if (query === null) return { kind: "refused", reason: cannotServe("LETRICS", NEEDS_FILTERS) };
        return {
          kind: "served",
          name: { tenant, connection: `recommend:${listIdOf(query)}`, provider: "LETRICS", query },
        };
      },
    },
  };
}
