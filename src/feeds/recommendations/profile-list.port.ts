import type { ProviderError } from "../../domain/errors";
import type { Profile } from "../../domain/profile";
import type { Provider } from "../../domain/provider";
import type { TenantId } from "../../domain/tenant-id";
import type { FeedSource } from "../feed/feed-source.port";
import { listIdOf } from "../../relay/cursor";
import type { FeedName } from "../feed/feed-model";
import type { NamedFeed } from "../feed/feeds";

/** The feed with a provider's recommendations for a profile, or why the provider cannot serve it. */
export type Served =
  ({ readonly kind: "served" } & ServedFeed) | { readonly kind: "refused"; readonly reason: ProviderError };

/** The names by which a feed is found, and the state of a new one. */
export type ServedFeed = Pick<NamedFeed, "name" | "aliases" | "initialState">;

/**
 * One list of recommendations that a provider can give for a profile.
 *
 * @example
 * const list: ProfileList = {
 *   kind: "ACME companies",
 *   provider: "ACME",
 *   source,
 *   serve: (tenant, { criteria }) =>
 *     criteria.companies.industries.length > 0
 *       ? servedByQuery(tenant, "ACME", JSON.stringify(criteria.companies.industries))
 *       : { kind: "refused", reason: cannotServe("ACME", "needs industries.") },
 * };
 */
export interface ProfileList {
  /** Identifies the list among all lists; stored in the state of merged feeds, so it must never change. */
  readonly kind: string;
  readonly provider: Provider;
  /** Its `unavailable` is set where the provider is not configured. */
  readonly source: FeedSource;
  /** Returns no promise where nothing has to be looked up. */
  serve(tenant: TenantId, profile: Profile): Served | Promise<Served>;
}

/** The list of the provider that stores profiles. Its feed belongs to one profile, and can be read without a key too. */
export interface OwnList extends ProfileList {
  nameOf(tenant: TenantId, profile: Profile): FeedName;
}

/** Serves a profile with the feed of a query: profiles with the same query share one feed. */
export function servedByQuery(tenant: TenantId, provider: Provider, query: string): Served {
  return { kind: "served", name: { tenant, connection: `recommend:${listIdOf(query)}`, provider, query } };
}
