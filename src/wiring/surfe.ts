import type { SurfeConfig } from "../config/provider.config";
import { unconfiguredSource } from "../feeds/feed-source";
import type { ProfileProvider } from "../feeds/profile-provider";
import { SurfeClient } from "../providers/surfe/surfe.client";
import { SurfeFeedSource, type SentProfiles } from "../providers/surfe/surfe.feed";
import { surfeFilters, surfeQuery } from "../providers/surfe/surfe.query";
import { connect, type Connected, type ConnectOptions } from "./connection";

/** @param key `null` where Surfe is not configured. */
export function connectSurfe(
  { feedMaxAgeMs: maxAgeMs, recheckAfterMs, maxWindow, ...settings }: SurfeConfig,
  key: string | null,
  profiles: SentProfiles,
  options: ConnectOptions,
): Connected & { readonly profiles: ProfileProvider } {
  const access = key === null ? null : { baseUrl: settings.baseUrl, headers: { authorization: `Bearer ${key}` } };
  const connected = connect(
    { provider: "SURFE", creditUnit: "unique company", settings, access, repeats: "safe" },
    options,
  );
  const client = connected.http && new SurfeClient(connected.http);
  const source = client
    ? new SurfeFeedSource(client, profiles, { maxAgeMs, recheckAfterMs, maxWindow })
    : unconfiguredSource("SURFE", { maxAgeMs, recheckAfterMs });
  return {
    ...connected,
    profiles: {
      provider: "SURFE",
      source,
      queryOf: surfeQuery,
      saveProfile:
        client &&
        ((externalUserId, profile, signal) => client.upsertIcp(externalUserId, surfeFilters(profile), signal)),
    },
  };
}
