import type { EntityKey } from "../../domain/entity-key";
import type { ProviderError } from "../../domain/errors";
import type { Provider } from "../../domain/provider";
import type { RecommendationContent } from "../../domain/recommendation";
import type { ProviderRecord } from "../../domain/record";
import type { TenantId } from "../../domain/tenant-id";

/** Plain JSON: the state that a provider's `FeedSource` keeps between two extensions. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The provider of a feed; `MERGED`: the feed is merged from the lists of several providers. */
export type FeedOwner = Provider | "MERGED";

/** Identifies what a feed lists. Equal names share one feed, until it is closed or too old. */
export interface FeedName {
  readonly tenant: TenantId;
  /** The connection whose cursors the feed answers, e.g. `icp:<id>`. */
  readonly connection: string;
  readonly provider: FeedOwner;
  /** Canonical JSON of what is asked for. */
  readonly query: string;
}

/** The current state of a feed, without its rows. */
export interface FeedHead extends FeedName {
  readonly id: string;
  readonly createdAt: Date;
  /** How many items are recorded. */
  readonly length: number;
  /** How many rows the provider has in all; `null` where it does not say. */
  readonly total: number | null;
  readonly state: Json;
  /** When the provider last said that there are no more rows; `null` while there may be more. */
  readonly endedAt: Date | null;
  /** A closed feed can be read, but is never extended again. */
  readonly closed: boolean;
  /** Positions of rows that are not shown, because an earlier row has the same subject; ascending. */
  readonly folded: readonly number[];
  /** Positions of rows about people who were forgotten, without folded ones; ascending. Their places stay, empty. */
  readonly forgotten: readonly number[];
}

/** One recorded row of a feed. */
export interface FeedItem {
  readonly position: number;
  readonly subject: EntityKey;
  /** `null` where the row is a search result, not a recommendation. */
  readonly content: RecommendationContent | null;
  /** When it was fetched. */
  readonly recordedAt: Date;
}

/** The place of a recorded row: its feed, and its position there. */
export interface FeedPlace {
  readonly feedId: string;
  readonly position: number;
}

/** A new row from a provider: its subject, the recommendation, and the records in it. */
export interface NewItem {
  readonly subject: EntityKey;
  /** `null` where the row is a search result, not a recommendation. */
  readonly content: RecommendationContent | null;
  readonly records: readonly ProviderRecord[];
  /** When the row was fetched. Left out: now. Rows of merged feeds were fetched earlier, for other feeds. */
  readonly recordedAt?: Date;
}

/**
 * What a call cost. `units`: one credit for each unit that was not charged yet in the calendar month (UTC).
 * `credits`: the number that the provider states.
 */
export type Charge =
  | { readonly kind: "units"; readonly units: readonly string[] }
  | { readonly kind: "credits"; readonly credits: number };

/** New rows, and the state for the next extension. Items whose subject the feed already has are dropped. */
export interface Growth {
  readonly items: readonly NewItem[];
  readonly state: Json;
  readonly ended: boolean;
  /** How many rows there are in all; `null` where that is unknown. */
  readonly total: number | null;
}

/** The result of one provider call. */
export interface Extension extends Growth {
  readonly charge: Charge;
  /** Problems of the answer, such as unreadable rows: issues of the page, which still has its rows. */
  readonly issues?: readonly ProviderError[];
}

export interface FeedWindow {
  readonly feed: FeedHead;
  readonly from: number;
  readonly to: number;
}

/** A feed name as one string, for use as a map key. */
export function nameKey({ tenant, connection, provider, query }: FeedName): string {
  return JSON.stringify([tenant, connection, provider, query]);
}

/** The head of a feed without rows. */
export function emptyHead(
  name: FeedName,
  { id, createdAt, state }: Pick<FeedHead, "id" | "createdAt" | "state">,
): FeedHead {
  const { tenant, connection, provider, query } = name;
  const rows = { length: 0, total: null, endedAt: null, closed: false, folded: [], forgotten: [] };
  return { tenant, connection, provider, query, id, createdAt, state, ...rows };
}
