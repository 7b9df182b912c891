import type { EntityKey } from "../../domain/entity-key";
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

/** A feed that shows fewer rows now: all its folded positions. */
export interface FoldedRows {
  readonly feedId: string;
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
}

/** A provider call that brought something, and what it cost. */
export interface PaidCall {
  readonly id: string;
  readonly provider: Provider;
  readonly charge: Charge;
}

export interface FeedWindow {
  readonly feed: FeedHead;
  readonly from: number;
  readonly to: number;
}

export interface Appended {
  readonly head: FeedHead;
  /** Keys whose entities may read differently now. */
  readonly touched: readonly EntityKey[];
  /** Feeds that show fewer rows now, because entities became one. */
  readonly folded: readonly FoldedRows[];
}

/** Where feeds are kept. Every method is one transaction. */
export interface FeedStore {
  /** The newest open feed of each name, by `nameKey`; a name without one is absent. */
  newest(names: readonly FeedName[]): Promise<ReadonlyMap<string, FeedHead>>;
  /** By id; an id that is not kept is absent. */
  byIds(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, FeedHead>>;
  create(head: FeedHead): Promise<void>;
  /**
   * Records rows and state, and settles the call that brought them (`null` where none was made for it), or nothing at all.
   * Where the feed was extended since it stood at `head`, the rows follow those that came meanwhile, and the state is
   * left as it is: rows that were paid for are never thrown away.
   */
  append(head: FeedHead, growth: Growth, call: PaidCall | null, at: Date): Promise<Appended>;
  /** By those of `subjects` that the feed has not yet under any of their names: the surviving id of each. */
  unknownTo(feed: FeedHead, subjects: readonly EntityKey[]): Promise<ReadonlyMap<EntityKey, EntityKey>>;
  /** The items of each window that exist, in order; answers are in the order of `windows`. */
  items(windows: readonly FeedWindow[]): Promise<readonly (readonly FeedItem[])[]>;
}

/** One string for a feed name, to key maps by. */
export function nameKey({ tenant, connection, provider, query }: FeedName): string {
  return JSON.stringify([tenant, connection, provider, query]);
}
