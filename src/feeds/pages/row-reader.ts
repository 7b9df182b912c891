import type { TenantId } from "../../domain/tenant-id";
import type { FeedHead, FeedItem } from "../feed/feed-model";
import type { EntityNode } from "../nodes";

/** A recorded row of a feed, with its subject. */
export interface Row {
  readonly feed: FeedHead;
  readonly item: FeedItem;
  readonly subject: EntityNode;
}

/** Makes nodes of recorded rows: one for each row, in the order of the rows. */
export interface RowReader<Node> {
  /** The nodes; `null` where something is not in memory. */
  peek(tenant: TenantId, rows: readonly Row[]): readonly Node[] | null;
  /**
   * The nodes; reads from the store what is not in memory, with a number of queries that does not depend on the number of
   * rows.
   */
  read(tenant: TenantId, rows: readonly Row[]): Promise<readonly Node[]>;
}

/** A reader that needs only the rows. */
export interface PlainRowReader<Node> extends RowReader<Node> {
  peek(tenant: TenantId, rows: readonly Row[]): readonly Node[];
}

/** A reader of rows that contain all data of their nodes. */
export function plainReader<Node>(toNode: (row: Row) => Node): PlainRowReader<Node> {
  return {
    peek: (_, rows) => rows.map((row) => toNode(row)),
    read: (_, rows) => Promise.resolve(rows.map((row) => toNode(row))),
  };
}
