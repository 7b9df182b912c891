import type { FeedHead, FeedItem } from "../feed/feed-model";
import type { EntityNode } from "../nodes";

/** A recorded row of a feed, with its subject. */
export interface Row {
  readonly feed: FeedHead;
  readonly item: FeedItem;
  readonly subject: EntityNode;
}

/** Makes of recorded rows what the graph shows: a node for each row, in the order of the rows. */
export interface RowReader<Node> {
  /** `null` where something that is needed is not in memory. */
  peek(tenant: string, rows: readonly Row[]): readonly Node[] | null;
  /** Likewise, looking up what is not in memory. However many rows, a fixed number of store queries. */
  read(tenant: string, rows: readonly Row[]): Promise<readonly Node[]>;
}

/** A reader that needs nothing but the rows. */
export interface PlainRowReader<Node> extends RowReader<Node> {
  peek(tenant: string, rows: readonly Row[]): readonly Node[];
}

/** Reads rows that hold everything the graph shows of them. */
export function plainReader<Node>(toNode: (row: Row) => Node): PlainRowReader<Node> {
  return {
    peek: (_, rows) => rows.map((row) => toNode(row)),
    read: (_, rows) => Promise.resolve(rows.map((row) => toNode(row))),
  };
}
