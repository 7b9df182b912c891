import { unconfiguredSource } from "../../feeds/feed/feed-source.port";
import { lookalikeLists } from "../../feeds/recommendations/lookalike-lists";
import type { LookalikeProvider } from "../../feeds/searches/lookalikes";
import type { ProviderDescriptor } from "../descriptor/provider-descriptor";
import type { ProviderHttp } from "../http/provider-http";
import { LookalikesClient } from "./lookalikes.client";
import { LushaClient } from "./lusha.client";
import { LushaFeedSource } from "./lusha.feed";
import type { LushaPages } from "./lusha.page";
import { lushaRanks } from "./lusha.ranks";
import { knowsSeed, MAX_SEEDS, seedsQuery } from "./lusha.seeds";
import { lushaSettings, type LushaSettings } from "./lusha.settings";
import { LushaRateLimits } from "./lusha.rate-limits";
import { firstState, lushaStatePeople } from "./lusha.state";

/** Lusha finds lookalikes of companies and people. Its recommendations are lookalikes of a profile's examples. */
export const lusha: ProviderDescriptor<"LUSHA", typeof lushaSettings> = {
  provider: "LUSHA",
  creditUnit: "credit",
  settings: lushaSettings,
  ranks: lushaRanks,
  statePeople: lushaStatePeople,
  http: {
    headersOf: (key) => ({ api_key: key }),
    repeats: "never",
    newQuota: (longestMs, state) => new LushaRateLimits(longestMs, state),
  },
  connect: ({ http, settings, shared }) => {
    const { feedMaxAgeMs: maxAgeMs, shortPageEnds, creditsPerResult, api } = settings;
    const source = http
      ? new LushaFeedSource(pagesOf(http, settings), { maxAgeMs, shortPageEnds, creditsPerResult })
      : unconfiguredSource("LUSHA", { maxAgeMs, recheckAfterMs: null });
    const lookalikes: LookalikeProvider = {
      source,
      knows: (kind, names) => knowsSeed(api, kind, names),
      initialState: (kind, seeds, exclude) => firstState(seedsQuery(api, kind, seeds, exclude)),
      maxSeeds: MAX_SEEDS,
      minSeeds: api === "lookalikes" ? 5 : 1,
    };
    return {
      lists: lookalikeLists(shared.lookalikesBy(lookalikes), source),
      profiles: null,
      lookalikes,
      network: null,
      searches: null,
    };
  },
};

function pagesOf(http: ProviderHttp, { api, excludeForm }: LushaSettings): LushaPages {
  return api === "recommendations" ? new LushaClient(http, excludeForm) : new LookalikesClient(http);
}
