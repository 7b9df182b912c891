import { createHash } from "node:crypto";
import type { EntityKey } from "../../domain/entity-key";
import type { RecommendationContent } from "../../domain/recommendation";
import type { TenantId } from "../../domain/tenant-id";
import type { FeedHead, FeedItem, FeedOwner, Json } from "../../feeds/feed/feed-model";
import { statement } from "../sql/statement";

/** A row of the table `feed`. Texts are JSON; times are milliseconds since 1970 UTC. */
export interface FeedRow {
  readonly id: string;
  readonly connection: string;
  readonly provider: string;
  readonly query: string;
  /** SHA-256 of `query`, hex; indexed in its place. */
  readonly query_hash: string;
  readonly created_at: number;
  readonly length: number;
  readonly total: number | null;
  readonly state: string;
  readonly ended_at: number | null;
  readonly closed: number;
  /** Positions of rows that are not shown, because an earlier row has the same subject. */
  readonly folded: string;
  /** Positions of rows about forgotten people. */
  readonly forgotten: string;
  /** Time of the last read; exact to about an hour. */
  readonly read_at: number;
}

/** A row of the table `feed_item`. */
export interface ItemRow {
  readonly feed_id: string;
  readonly position: number;
  readonly mark: number;
  /** The key of the subject, as the provider gave it. */
  readonly subject: string;
  /** The number of the subject's entity; 0 where the subject is a forgotten person. */
  readonly entity: number;
  /** Null where the row is a search result, not a recommendation, or its subject is a forgotten person. */
  readonly content: string | null;
  readonly recorded_at: number;
}

const FEED_COLUMNS = `feed.id, feed.connection, feed.provider, feed.query, feed.query_hash, feed.created_at, feed.length,
  feed.total, feed.state, feed.ended_at, feed.closed, feed.folded, feed.forgotten, feed.read_at`;

export const HEADS = statement<{ readonly id: string }, FeedRow>(
  "heads of feeds",
  { id: "text" },
  ({ given, join }) => `
    select ${FEED_COLUMNS} from ${given} ${join} feed on feed.tenant = given.tenant and feed.id = given.id`,
);

/** The newest open feed of each name. */
export const NEWEST = statement<Pick<FeedRow, "connection" | "provider" | "query_hash">, FeedRow>(
  "newest feeds",
  { connection: "text", provider: "text", query_hash: "text" },
  ({ given, join }) => `
    select ${FEED_COLUMNS} from ${given} ${join} feed on feed.tenant = given.tenant and feed.id = (
      select named.id from feed as named
      where named.tenant = given.tenant and named.connection = given.connection and named.provider = given.provider
        and named.query_hash = given.query_hash and named.closed = 0
      order by named.created_at desc limit 1)`,
);

/** The open feeds of a connection. */
export const OPEN_FEEDS = statement<{ readonly connection: string }, FeedRow>(
  "open feeds of a connection",
  { connection: "text" },
  ({ given, join }) => `
    select ${FEED_COLUMNS} from ${given}
    ${join} feed on feed.tenant = given.tenant and feed.connection = given.connection and feed.closed = 0`,
);

export const ADD_FEED = statement<FeedRow>(
  "add feed",
  {
    id: "text",
    connection: "text",
    provider: "text",
    query: "text",
    query_hash: "text",
    created_at: "integer",
    length: "integer",
    total: "integer",
    state: "text",
    ended_at: "integer",
    closed: "integer",
    folded: "text",
    forgotten: "text",
    read_at: "integer",
  },
  ({ tenant, given }) => `
    insert into feed (tenant, id, connection, provider, query, query_hash, created_at, length, total, state, ended_at,
      closed, folded, forgotten, read_at)
    select ${tenant}, id, connection, provider, query, query_hash, created_at, length, total, state, ended_at, closed,
      folded, forgotten, read_at
    from ${given}`,
);

export const SET_HEAD = statement<Pick<FeedRow, "id" | "length" | "total" | "state" | "ended_at">>(
  "set head of feed",
  { id: "text", length: "integer", total: "integer", state: "text", ended_at: "integer" },
  ({ given }) => `
    update feed set (length, total, state, ended_at) = (
      select given.length, given.total, given.state, given.ended_at from ${given} where given.id = feed.id)
    where (feed.tenant, feed.id) in (select given.tenant, given.id from ${given})`,
);

export const SET_FOLDED = statement<Pick<FeedRow, "id" | "folded">>(
  "set folded rows",
  { id: "text", folded: "text" },
  ({ given }) => `
    update feed set folded = (select given.folded from ${given} where given.id = feed.id)
    where (feed.tenant, feed.id) in (select given.tenant, given.id from ${given})`,
);

export const SET_FORGOTTEN = statement<Pick<FeedRow, "id" | "forgotten">>(
  "set forgotten rows",
  { id: "text", forgotten: "text" },
  ({ given }) => `
    update feed set forgotten = (select given.forgotten from ${given} where given.id = feed.id)
    where (feed.tenant, feed.id) in (select given.tenant, given.id from ${given})`,
);

export const CLOSE_FEEDS = statement<{ readonly id: string }>(
  "close feeds",
  { id: "text" },
  ({ given }) =>
    `update feed set closed = 1 where (feed.tenant, feed.id) in (select given.tenant, given.id from ${given})`,
);

/** The rows of windows; `place` is the index of the window in the request. */
export const ITEMS = statement<
  { readonly place: number; readonly feed_id: string; readonly first: number; readonly past: number },
  ItemRow & { readonly place: number }
>(
  "rows of feeds",
  { place: "integer", feed_id: "text", first: "integer", past: "integer" },
  ({ given, join }) => `
    select given.place, item.feed_id, item.position, item.mark, item.subject, item.entity, item.content,
      item.recorded_at
    from ${given}
    ${join} feed_item as item on item.tenant = given.tenant and item.feed_id = given.feed_id
      and item.position >= given.first and item.position < given.past
    order by given.place, item.position`,
);

export const ADD_ITEMS = statement<ItemRow>(
  "add rows",
  {
    feed_id: "text",
    position: "integer",
    mark: "integer",
    subject: "text",
    entity: "integer",
    content: "text",
    recorded_at: "integer",
  },
  ({ tenant, given }) => `
    insert into feed_item (tenant, feed_id, position, mark, subject, entity, content, recorded_at)
    select ${tenant}, feed_id, position, mark, subject, entity, content, recorded_at from ${given}`,
);

/** The given entities that the feed has a row of. */
export const ENTITIES_IN_FEED = statement<
  { readonly feed_id: string; readonly entity: number },
  { readonly entity: number }
>(
  "entities in feed",
  { feed_id: "text", entity: "integer" },
  ({ given }) => `
    select given.entity from ${given} where exists (
      select 1 from feed_item where feed_item.tenant = given.tenant and feed_item.feed_id = given.feed_id
        and feed_item.entity = given.entity)`,
);

/** What stands in place of the subjects of forgotten people's rows in feeds. */
export const FORGOTTEN_IN_FEEDS = statement<{ readonly feed_id: string }, Pick<ItemRow, "subject">>(
  "forgotten subjects in feeds",
  { feed_id: "text" },
  ({ given, join }) => `
    select item.subject from ${given}
    ${join} feed_item as item on item.tenant = given.tenant and item.feed_id = given.feed_id and item.entity = 0`,
);

/** All keys of the given subjects that the feed has no row of; an unknown subject is absent. */
export const UNKNOWN_SUBJECTS = statement<
  { readonly feed_id: string; readonly subject: string },
  { readonly subject: string; readonly names: string }
>(
  "subjects unknown to feed",
  { feed_id: "text", subject: "text" },
  ({ given, list, join }) => `
    select given.subject, (
      select ${list("alias.key")} from entity_key as alias
      where alias.tenant = given.tenant and alias.entity = entity_key.entity) as names
    from ${given} ${join} entity_key on entity_key.tenant = given.tenant and entity_key.key = given.subject
    where not exists (
      select 1 from feed_item where feed_item.tenant = given.tenant and feed_item.feed_id = given.feed_id
        and feed_item.entity = entity_key.entity)`,
);

/** All rows about the given entities, in every feed. */
export const ITEMS_ABOUT = statement<{ readonly entity: number }, Pick<ItemRow, "feed_id" | "position" | "entity">>(
  "rows about entities",
  { entity: "integer" },
  ({ given, join }) => `
    select item.feed_id, item.position, item.entity from ${given}
    ${join} feed_item as item on item.tenant = given.tenant and item.entity = given.entity`,
);

export function hashOf(query: string): string {
  return createHash("sha256").update(query).digest("hex");
}

export function toHead(tenant: TenantId, row: FeedRow): FeedHead {
  return {
    tenant,
    id: row.id,
    connection: row.connection,
    provider: row.provider as FeedOwner,
    query: row.query,
    createdAt: new Date(row.created_at),
    length: row.length,
    total: row.total,
    state: JSON.parse(row.state) as Json,
    endedAt: row.ended_at === null ? null : new Date(row.ended_at),
    closed: row.closed === 1,
    folded: JSON.parse(row.folded) as number[],
    forgotten: JSON.parse(row.forgotten) as number[],
  };
}

export function toFeedRow(head: FeedHead, readAt: Date): FeedRow {
  return {
    id: head.id,
    connection: head.connection,
    provider: head.provider,
    query: head.query,
    query_hash: hashOf(head.query),
    created_at: head.createdAt.getTime(),
    length: head.length,
    total: head.total,
    state: JSON.stringify(head.state),
    ended_at: head.endedAt?.getTime() ?? null,
    closed: head.closed ? 1 : 0,
    folded: JSON.stringify(head.folded),
    forgotten: JSON.stringify(head.forgotten),
    read_at: readAt.getTime(),
  };
}

export function toItem(row: ItemRow): FeedItem {
  return {
    position: row.position,
    subject: row.subject as EntityKey,
    content: row.content === null ? null : toContent(row.content),
    recordedAt: new Date(row.recorded_at),
  };
}

function toContent(text: string): RecommendationContent {
  const content = JSON.parse(text) as Omit<RecommendationContent, "generatedAt"> & { generatedAt: string | null };
  return { ...content, generatedAt: content.generatedAt === null ? null : new Date(content.generatedAt) };
}
