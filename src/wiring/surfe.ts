import { unconfiguredSource } from "../feeds/feed/feed-source.port";
import { profileConnection } from "../feeds/profiles/profile-connection";
import type { ProfileKeeper } from "../feeds/profiles/profile-keeper.port";
import type { OwnList } from "../feeds/recommendations/profile-list.port";
import { SurfeClient } from "../providers/surfe/surfe.client";
import { SurfeFeedSource, type SentProfiles } from "../providers/surfe/surfe.feed";
import { surfeFilters, surfeQuery } from "../providers/surfe/surfe.query";
import type { SurfeSettings } from "../providers/surfe/surfe.settings";
import { connect, type Connected, type ConnectOptions } from "./connection";

/** @param key `null` where Surfe is not configured. */
export function connectSurfe(
  { feedMaxAgeMs: maxAgeMs, recheckAfterMs, maxWindow, ...settings }: SurfeSettings,
  key: string | null,
  profiles: SentProfiles,
  options: ConnectOptions,
): Connected & { readonly keeper: ProfileKeeper; readonly profileList: OwnList } {
  const headers = key === null ? null : { authorization: `Bearer ${key}` };
  const connected = connect(
    { provider: "SURFE", creditUnit: "unique company", settings, headers, repeats: "safe" },
    options,
  );
  const client = connected.http && new SurfeClient(connected.http);
  const source = client
    ? new SurfeFeedSource(client, profiles, { maxAgeMs, recheckAfterMs, maxWindow })
    : unconfiguredSource("SURFE", { maxAgeMs, recheckAfterMs });
  const nameOf: OwnList["nameOf"] = (tenant, profile) => ({
    tenant,
    connection: profileConnection(profile.id),
    provider: "SURFE",
    query: surfeQuery(profile),
  });
  return {
    ...connected,
    profileList: {
      kind: "SURFE",
      provider: "SURFE",
      source,
      nameOf,
      serve: (tenant, profile) => ({ kind: "served", name: nameOf(tenant, profile) }),
    },
    keeper: {
      provider: "SURFE",
      queryOf: surfeQuery,
      saveProfile:
        client &&
        ((externalUserId, criteria, signal) => client.upsertIcp(externalUserId, surfeFilters(criteria), signal)),
    },
  };
}
