import { unconfiguredSource } from "../../feeds/feed/feed-source.port";
import { servedByQuery, type ProfileList } from "../../feeds/recommendations/profile-list.port";
import { cannotServe } from "../../feeds/recommendations/profile-plan";
import type { ProviderDescriptor } from "../descriptor/provider-descriptor";
import { LetricsClient } from "./letrics.client";
import { LetricsFeedSource } from "./letrics.feed";
import { letricsProfileQuery, letricsQuery } from "./letrics.query";
import { letricsRanks } from "./letrics.ranks";
import { letricsSettings } from "./letrics.settings";
import { readLetricsRefusal, findLetricsRefusal } from "./letrics.wire";

const NEEDS_FILTERS =
  "finds companies by industry or location, and this profile names neither: save it with `industries` or `primaryLocations`.";

/** Letrics is a searchable catalogue. Its recommendations are the companies that a profile's filters find. */
export const letrics: ProviderDescriptor<"LETRICS", typeof letricsSettings> = {
  provider: "LETRICS",
  creditUnit: "call",
  settings: letricsSettings,
  ranks: letricsRanks,
  http: {
    headersOf: (key) => ({ authorization: `Bearer ${key}` }),
    repeats: "safe",
    readRefusal: readLetricsRefusal,
    findRefusal: findLetricsRefusal,
  },
  connect: ({ http, settings }) => {
    const { feedMaxAgeMs: maxAgeMs, personalEmailField } = settings;
    const source = http
      ? new LetricsFeedSource(new LetricsClient(http, settings), { maxAgeMs })
      : unconfiguredSource("LETRICS", { maxAgeMs, recheckAfterMs: null });
    return {
      lists: [listOf(source)],
      profiles: null,
      lookalikes: null,
      network: null,
      searches: { source, queryOf: (search) => letricsQuery(search, personalEmailField) },
    };
  },
};

function listOf(source: ProfileList["source"]): ProfileList {
  return {
    kind: "LETRICS companies",
    provider: "LETRICS",
    source,
    serve: (tenant, { criteria }) => {
      const query = letricsProfileQuery(criteria);
      if (query === null) return { kind: "refused", reason: cannotServe("LETRICS", NEEDS_FILTERS) };
      return servedByQuery(tenant, "LETRICS", query);
    },
  };
}
