import type { ProviderError } from "../../domain/errors";
import type { Profile } from "../../domain/profile";
import type { Provider } from "../../domain/provider";
import type { FeedSource } from "../feed/feed-source.port";
import { listIdOf } from "../../relay/cursor";
import type { FeedName } from "../feed/feed-model";
import type { NamedFeed } from "../feed/feeds";

/** The feed in which a provider serves a profile, or why it cannot. */
export type Served =
  ({ readonly kind: "served" } & ServedFeed) | { readonly kind: "refused"; readonly reason: ProviderError };

/** By which names a feed is found, and in which state it begins where none of them is. */
export type ServedFeed = Pick<NamedFeed, "name" | "aliases" | "initialState">;

/** One list of recommendations that a provider can give for a profile. */
export interface ProfileList {
  /** Names the list among all of them; kept in the state of merged feeds. */
  readonly kind: string;
  readonly provider: Provider;
  /** Its `refusal` tells where the provider is not configured. */
  readonly source: FeedSource;
  /** At once, where nothing has to be looked up. */
  serve(tenant: string, profile: Profile): Served | Promise<Served>;
}

/** The list that is a profile's alone: its feed is one of the profile's own connection, and is read where there is no key, too. */
export interface OwnList extends ProfileList {
  nameOf(tenant: string, profile: Profile): FeedName;
}

/** Serves a profile in the feed of a query: two profiles that come to the same query share it. */
export function servedByQuery(tenant: string, provider: Provider, query: string): Served {
  return { kind: "served", name: { tenant, connection: `recommend:${listIdOf(query)}`, provider, query } };
}
