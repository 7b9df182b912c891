import type { FeedHead, FeedItem } from "./feed-store";
import type { EntityNode } from "./nodes";

/** A recorded row of a feed, with whom it is about. */
export interface Row {
  readonly feed: FeedHead;
  readonly item: FeedItem;
  readonly subject: EntityNode;
}

/** Makes of recorded rows what the graph shows. */
export interface RowReader<Node> {
  /** In the order of `rows`; `null` where something that is needed is not in memory. */
  peek(tenant: string, rows: readonly Row[]): readonly Node[] | null;
  /** Likewise, looking up what is not in memory. However many rows, a fixed number of store queries. */
  read(tenant: string, rows: readonly Row[]): Promise<readonly Node[]>;
}

/** Reads rows that hold everything the graph shows of them. */
export function plainRows<Node>(toNode: (row: Row) => Node): RowReader<Node> {
  return {
    peek: (_, rows) => rows.map(toNode),
    read: (_, rows) => Promise.resolve(rows.map(toNode)),
  };
}
