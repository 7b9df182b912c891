import type { EntityKey } from "../../domain/entity-key";
import type { ProviderError } from "../../domain/errors";
import type { Provider } from "../../domain/provider";
import type { RecommendationContent } from "../../domain/recommendation";
import type { ProviderRecord } from "../../domain/record";

/** Plain JSON: what a provider adapter keeps between two extensions. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Whose list a feed is: a provider's, or one that is made of several providers' lists. */
export type FeedOwner = Provider | "MERGED";

/** What a feed is a feed of. Equal names are one feed, until it is closed or too old. */
export interface FeedName {
  readonly tenant: string;
  /** The connection whose cursors the feed answers, e.g. `icp:<id>`. */
  readonly connection: string;
  readonly provider: FeedOwner;
  /** Canonical JSON of what is asked for. */
  readonly query: string;
}

/** Where a feed stands. */
export interface FeedHead extends FeedName {
  readonly id: string;
  readonly createdAt: Date;
  /** How many items are recorded. */
  readonly length: number;
  /** How many there are in all, where the provider says; `null` where it does not. */
  readonly total: number | null;
  readonly state: Json;
  /** When the provider last said that there is no more; `null` while there may be. */
  readonly endedAt: Date | null;
  /** A closed feed is read for ever and extended never. */
  readonly closed: boolean;
  /** Positions of rows that are not shown, because their subject turned out to be that of an earlier row; ascending. */
  readonly folded: readonly number[];
}

/** One recorded row of a feed. */
export interface FeedItem {
  readonly position: number;
  readonly subject: EntityKey;
  /** `null` where the row was found, not recommended. */
  readonly content: RecommendationContent | null;
  /** When it was fetched. */
  readonly recordedAt: Date;
}

/** A place: one recorded row of a feed, named by the feed and the row's position in it. */
export interface FeedPlace {
  readonly feedId: string;
  readonly position: number;
}

/** A row as an adapter hands it over: its subject, what was said of it, and the records that came along. */
export interface NewItem {
  readonly subject: EntityKey;
  /** `null` where the row was found, not recommended. */
  readonly content: RecommendationContent | null;
  readonly records: readonly ProviderRecord[];
  /** When it was fetched, where that was before now: a merged feed's rows are those of other feeds. */
  readonly recordedAt?: Date;
}

/**
 * What a call cost. `units`: one credit for each name that was not charged yet in the calendar month (UTC).
 * `credits`: as the provider said.
 */
export type Charge =
  | { readonly kind: "units"; readonly units: readonly string[] }
  | { readonly kind: "credits"; readonly credits: number };

/** Rows to record, and the state to go on from. `items` may hold subjects the feed already has; they are dropped. */
export interface Growth {
  readonly items: readonly NewItem[];
  readonly state: Json;
  readonly ended: boolean;
  /** How many there are in all; `null` where nobody says. */
  readonly total: number | null;
}

/** What one provider call brought. */
export interface Extension extends Growth {
  readonly charge: Charge;
  /** What the provider left to be desired besides; told as issues of the page, whose rows stand. */
  readonly issues?: readonly ProviderError[];
}

export interface FeedWindow {
  readonly feed: FeedHead;
  readonly from: number;
  readonly to: number;
}

/** One string for a feed name, to key maps by. */
export function nameKey({ tenant, connection, provider, query }: FeedName): string {
  return JSON.stringify([tenant, connection, provider, query]);
}
