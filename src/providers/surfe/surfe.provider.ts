import { unconfiguredSource } from "../../feeds/feed/feed-source.port";
import { profileConnection } from "../../feeds/profiles/profile-connection";
import type { ProfileKeeper } from "../../feeds/profiles/profile-keeper.port";
import type { OwnList } from "../../feeds/recommendations/profile-list.port";
import type { ProviderDescriptor } from "../descriptor/provider-descriptor";
import { SurfeClient } from "./surfe.client";
import { SurfeFeedSource } from "./surfe.feed";
import { surfeFilters, surfeQuery } from "./surfe.query";
import { surfeRanks } from "./surfe.ranks";
import { surfeSettings } from "./surfe.settings";

/** Surfe keeps the profiles, and recommends companies and their contacts by them. */
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
      profiles: { keeper: keeperOf(client), list },
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

function keeperOf(client: SurfeClient | null): ProfileKeeper {
  return {
    provider: "SURFE",
    queryOf: surfeQuery,
    saveProfile:
      client &&
      ((externalUserId, criteria, signal) => client.upsertIcp(externalUserId, surfeFilters(criteria), signal)),
  };
}
