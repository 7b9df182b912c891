import { createHmac } from "node:crypto";
import { ProviderError } from "../domain/errors";
import { notConfigured, refusedSource } from "../feeds/feed/feed-source.port";
import type { NetworkProvider } from "../feeds/searches/network-recommendations";
import { LinkupClient, linkupRefusal } from "../providers/linkup/linkup.client";
import { LinkupFeedSource, type LinkupQuery } from "../providers/linkup/linkup.feed";
import type { LinkupSettings } from "../providers/linkup/linkup.settings";
import { connect, type Connected, type ConnectOptions } from "./connection";

export interface LinkupAccess {
  readonly key: string | null;
  /** Used where a request brings none. */
  readonly loginToken: string | null;
  /** Hashes tokens, so that a feed's name tells accounts apart and gives none away. */
  readonly accountSecret: Buffer;
}

export function connectLinkup(
  settings: LinkupSettings,
  { key, loginToken: ownToken, accountSecret }: LinkupAccess,
  options: ConnectOptions,
): Connected & { readonly network: NetworkProvider } {
  const headers = key === null ? null : { "x-api-key": key };
  const connected = connect(
    { provider: "LINKUP", creditUnit: "10 results", settings, headers, repeats: "never", refusal: linkupRefusal },
    options,
  );
  const client = connected.http && new LinkupClient(connected.http);
  const { feedMaxAgeMs: maxAgeMs, paging, maxResults } = settings;
  const hashOf = (token: string): string =>
    createHmac("sha256", accountSecret).update(`linkup\0${token}`).digest("hex");
  const queryOf = (account: string) => (country: string) => JSON.stringify({ account, country } satisfies LinkupQuery);
  return {
    ...connected,
    network: {
      accountOf: (loginToken) => {
        const token = loginToken ?? ownToken;
        const query = queryOf(token === null ? "none" : hashOf(token));
        const ages = { maxAgeMs, recheckAfterMs: null };
        if (!client) return { source: refusedSource(notConfigured("LINKUP"), ages), query };
        if (token === null) return { source: refusedSource(tokenMissing(), ages), query };
        return { source: new LinkupFeedSource(client, token, { maxAgeMs, paging, maxResults }), query };
      },
    },
  };
}

function tokenMissing(): ProviderError {
  return new ProviderError(
    "LINKUP",
    "PROVIDER_NOT_CONFIGURED",
    "LinkUp needs a LinkedIn login token: send it in the header x-linkup-login-token, or set LINKUP_LOGIN_TOKEN.",
  );
}
