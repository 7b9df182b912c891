import type { FeedHead, FeedItem } from "../feed/feed-model";
import type { EntityNode } from "../nodes";

/** A recorded row of a feed, with whom it is about. */
export interface Row {
  readonly feed: FeedHead;
  readonly item: FeedItem;
  readonly subject: EntityNode;
}

/** What each row is in the graph. */
export type RowNodes<Node> = ReadonlyMap<Row, Node>;

/** Makes of recorded rows what the graph shows. */
export interface RowReader<Node> {
  /** `null` where something that is needed is not in memory. */
  peek(tenant: string, rows: readonly Row[]): RowNodes<Node> | null;
  /** Likewise, looking up what is not in memory. However many rows, a fixed number of store queries. */
  read(tenant: string, rows: readonly Row[]): Promise<RowNodes<Node>>;
}

/** A reader that needs nothing but the rows. */
export interface PlainRowReader<Node> extends RowReader<Node> {
  peek(tenant: string, rows: readonly Row[]): RowNodes<Node>;
}

/** Reads rows that hold everything the graph shows of them. */
export function plainReader<Node>(toNode: (row: Row) => Node): PlainRowReader<Node> {
  const nodesOf = (rows: readonly Row[]): RowNodes<Node> => new Map(rows.map((row) => [row, toNode(row)]));
  return {
    peek: (_, rows) => nodesOf(rows),
    read: (_, rows) => Promise.resolve(nodesOf(rows)),
  };
}
