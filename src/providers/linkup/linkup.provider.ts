import { createHmac } from "node:crypto";
import { ProviderError } from "../../domain/errors";
import { notConfigured, unavailableSource } from "../../feeds/feed/feed-source.port";
import type { NetworkProvider } from "../../feeds/searches/network-recommendations";
import type { ProviderAccess, ProviderDescriptor } from "../descriptor/provider-descriptor";
import { LinkupClient, readLinkupRefusal, findLinkupRefusal } from "./linkup.client";
import { LinkupFeedSource, type LinkupQuery } from "./linkup.feed";
import { linkupRanks } from "./linkup.ranks";
import { linkupSettings } from "./linkup.settings";

const LOGIN_TOKEN_HEADER = "x-linkup-login-token";

/** LinkUp returns the people that LinkedIn suggests to an account. It has no recommendations by profile. */
export const linkup: ProviderDescriptor<"LINKUP", typeof linkupSettings> = {
  provider: "LINKUP",
  creditUnit: "10 results",
  settings: linkupSettings,
  ranks: linkupRanks,
  http: {
    headersOf: (key) => ({ "x-api-key": key }),
    callerHeaders: [LOGIN_TOKEN_HEADER],
    repeats: "never",
    readRefusal: readLinkupRefusal,
    findRefusal: findLinkupRefusal,
  },
  connect: (access) => ({
    lists: [],
    profiles: null,
    lookalikes: null,
    network: networkOf(access),
    searches: null,
  }),
};

/** A feed's name has a keyed hash of the login token: two accounts never share a feed, and the name does not show the token. */
function networkOf({ http, settings, shared }: ProviderAccess<typeof linkupSettings>): NetworkProvider {
  const client = http && new LinkupClient(http);
  const { feedMaxAgeMs: maxAgeMs, paging, maxResults } = settings;
  const ages = { maxAgeMs, recheckAfterMs: null };
  const accountOf = (token: string): string =>
    createHmac("sha256", shared.accountSecret).update(`linkup\0${token}`).digest("hex");
  const queryOf = (account: string) => (country: string) => JSON.stringify({ account, country } satisfies LinkupQuery);
  return {
    loginTokenHeader: LOGIN_TOKEN_HEADER,
    accountOf: (loginToken) => {
      const token = loginToken ?? settings.loginToken?.reveal() ?? null;
      const query = queryOf(token === null ? "none" : accountOf(token));
      if (!client) return { source: unavailableSource(notConfigured("LINKUP"), ages), query };
      if (token === null) return { source: unavailableSource(tokenMissing(), ages), query };
      return { source: new LinkupFeedSource(client, token, { maxAgeMs, paging, maxResults }), query };
    },
    callsFor: (rows) => (client && rows > 0 ? 1 : 0),
  };
}

function tokenMissing(): ProviderError {
  return new ProviderError(
    "LINKUP",
    "PROVIDER_NOT_CONFIGURED",
    `LinkUp needs a LinkedIn login token: send it in the header ${LOGIN_TOKEN_HEADER}, or set LINKUP_LOGIN_TOKEN.`,
  );
}
