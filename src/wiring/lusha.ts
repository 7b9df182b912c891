import { unconfiguredSource } from "../feeds/feed/feed-source.port";
import type { LookalikeProvider, SeedNames } from "../feeds/searches/lookalikes";
import type { ProviderHttp } from "../providers/http/provider-http";
import { LookalikesClient } from "../providers/lusha/lookalikes.client";
import { LushaClient } from "../providers/lusha/lusha.client";
import { LushaFeedSource } from "../providers/lusha/lusha.feed";
import type { LushaPages } from "../providers/lusha/lusha.page";
import { knowsSeed, seedsQuery } from "../providers/lusha/lusha.seeds";
import { LushaWindows } from "../providers/lusha/lusha.windows";
import type { LushaSettings } from "../providers/lusha/lusha.settings";
import { connect, type Connected, type ConnectOptions } from "./connection";

/** @param key `null` where Lusha is not configured. */
export function connectLusha(
  settings: LushaSettings,
  key: string | null,
  options: ConnectOptions,
): Connected & { readonly lookalikes: LookalikeProvider } {
  const headers = key === null ? null : { api_key: key };
  const connected = connect(
    {
      provider: "LUSHA",
      creditUnit: "credit",
      settings,
      headers,
      repeats: "never",
      quota: new LushaWindows(),
    },
    options,
  );
  const { feedMaxAgeMs: maxAgeMs, shortPageEnds, creditsPerResult, api } = settings;
  const source = connected.http
    ? new LushaFeedSource(pagesOf(connected.http, settings), { maxAgeMs, shortPageEnds, creditsPerResult })
    : unconfiguredSource("LUSHA", { maxAgeMs, recheckAfterMs: null });
  return {
    ...connected,
    lookalikes: {
      source,
      knows: (kind: "companies" | "people", names: SeedNames) => knowsSeed(api, kind, names),
      queryOf: (kind, seeds, exclude) => seedsQuery(api, kind, seeds, exclude),
    },
  };
}

function pagesOf(http: ProviderHttp, { api, excludeForm }: LushaSettings): LushaPages {
  return api === "recommendations" ? new LushaClient(http, excludeForm) : new LookalikesClient(http);
}
