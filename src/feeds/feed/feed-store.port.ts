import type { EntityKey } from "../../domain/entity-key";
import type { Provider } from "../../domain/provider";
import type { TenantId } from "../../domain/tenant-id";
import type { EntityChanges } from "../entity-changes";
import type { Charge, FeedHead, FeedItem, FeedName, FeedWindow, Growth } from "./feed-model";

/** A successful provider call, and what it cost. */
export interface PaidCall {
  readonly id: string;
  readonly provider: Provider;
  readonly charge: Charge;
}

/** A feed in which rows were folded, and the positions of all its folded rows. */
export interface FoldedRows {
  readonly feedId: string;
  readonly folded: readonly number[];
}

export interface Appended {
  readonly head: FeedHead;
  /** The rows that were recorded: the last ones of the feed, in order. */
  readonly items: readonly FeedItem[];
  /** The entities that changed. */
  readonly changes: EntityChanges;
  /** Feeds in which rows were folded, because entities were merged. */
  readonly folded: readonly FoldedRows[];
  /** What the call was charged; 0 where none was made. */
  readonly credits: number;
  /** Whether recorded data turned out to be of a forgotten person, and was deleted: what is in memory may be out of date. */
  readonly hasErased: boolean;
}

/** Stores feeds. Every method is one transaction. */
export interface FeedStore {
  /** The newest open feed of each name, by `nameKey`; a name without one is absent. */
  newest(names: readonly FeedName[]): Promise<ReadonlyMap<string, FeedHead>>;
  /** By id; an unknown id is absent. */
  byIds(tenant: TenantId, ids: readonly string[]): Promise<ReadonlyMap<string, FeedHead>>;
  create(head: FeedHead): Promise<void>;
  /**
   * Writes rows, state and the settlement of the call (`null`: no call was made), all or nothing. If the feed was extended by
   * another process since `head` was read, the rows are put after the newer ones and the state stays: rows that were paid for
   * are never thrown away.
   */
  append(head: FeedHead, growth: Growth, call: PaidCall | null, at: Date): Promise<Appended>;
  /** Those of `subjects` that the feed has no row of, under any of their keys: a map to the id of each. */
  unknownTo(feed: FeedHead, subjects: readonly EntityKey[]): Promise<ReadonlyMap<EntityKey, EntityKey>>;
  /** The rows of each window, in order; shorter where the feed ends. One list for each of `windows`, in their order. */
  items(windows: readonly FeedWindow[]): Promise<readonly (readonly FeedItem[])[]>;
}
