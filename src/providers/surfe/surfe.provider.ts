import { createHmac } from "node:crypto";
import { WORLD_REGIONS } from "../../domain/country";
import { unconfiguredSource } from "../../feeds/feed/feed-source.port";
import { profileConnection } from "../../feeds/profiles/profile-connection";
import type { ProfileKeeper } from "../../feeds/profiles/profile-keeper.port";
import type { OwnList } from "../../feeds/recommendations/profile-list.port";
import type { ProviderDescriptor, SharedServices } from "../descriptor/provider-descriptor";
import { SurfeClient } from "./surfe.client";
import { SurfeFeedSource } from "./surfe.feed";
import { surfeFilters, surfeQuery } from "./surfe.query";
import { objectionsIn } from "./surfe.refusal";
import { surfeRanks } from "./surfe.ranks";
import { surfeSettings, type SurfeSettings } from "./surfe.settings";

/** Surfe stores the profiles, and recommends companies and their contacts for them. */
export const surfe: ProviderDescriptor<"SURFE", typeof surfeSettings> = {
  provider: "SURFE",
  creditUnit: "unique company",
  settings: surfeSettings,
  ranks: surfeRanks,
  http: { headersOf: (key) => ({ authorization: `Bearer ${key}` }), repeats: "safe" },
  connect: ({ http, settings, shared }) => {
    const { feedMaxAgeMs: maxAgeMs, recheckAfterMs, maxWindow } = settings;
    const client = http && new SurfeClient(http);
    const list = listOf(
      client
        ? new SurfeFeedSource(client, shared.profiles, { maxAgeMs, recheckAfterMs, maxWindow })
        : unconfiguredSource("SURFE", { maxAgeMs, recheckAfterMs }),
    );
    return {
      lists: [list],
      profiles: { keeper: keeperOf(client, client && accountOf(settings, shared)), list },
      lookalikes: null,
      network: null,
      searches: null,
    };
  },
};

function listOf(source: OwnList["source"]): OwnList {
  const nameOf: OwnList["nameOf"] = (tenant, profile) => ({
    tenant,
    connection: profileConnection(profile.id),
    provider: "SURFE",
    query: surfeQuery(profile),
  });
  return {
    kind: "SURFE",
    provider: "SURFE",
    source,
    nameOf,
    serve: (tenant, profile) => ({ kind: "served", name: nameOf(tenant, profile) }),
  };
}

function accountOf({ baseUrl, apiKey }: SurfeSettings, { accountSecret }: SharedServices): string {
  const access = `surfe\0${String(baseUrl)}\0${apiKey?.reveal() ?? ""}`;
  return createHmac("sha256", accountSecret).update(access).digest("hex");
}

function keeperOf(client: SurfeClient | null, account: string | null): ProfileKeeper {
  return {
    provider: "SURFE",
    account,
    queryOf: surfeQuery,
    options: client && (async (signal) => ({ ...(await client.filterOptions(signal)), regions: WORLD_REGIONS })),
    objectionsIn,
    saveProfile:
      client &&
      ((externalUserId, criteria, signal) => client.upsertIcp(externalUserId, surfeFilters(criteria), signal)),
  };
}
