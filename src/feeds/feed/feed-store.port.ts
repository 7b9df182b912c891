import type { EntityKey } from "../../domain/entity-key";
import type { Provider } from "../../domain/provider";
import type { EntityChanges } from "../entity-changes";
import type { Charge, FeedHead, FeedItem, FeedName, FeedWindow, Growth } from "./feed-model";

/** A provider call that brought something, and what it cost. */
export interface PaidCall {
  readonly id: string;
  readonly provider: Provider;
  readonly charge: Charge;
}

/** A feed that shows fewer rows now: all its folded positions. */
export interface FoldedRows {
  readonly feedId: string;
  readonly folded: readonly number[];
}

export interface Appended {
  readonly head: FeedHead;
  /** The rows that were recorded: the last ones of the feed, in order. */
  readonly items: readonly FeedItem[];
  /** What is recorded of entities now that was not before. */
  readonly changes: EntityChanges;
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
