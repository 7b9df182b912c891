import type { Provider } from "../../domain/provider";
import type { FeedRow, ItemRow } from "../feeds/feed-rows";
import { statement } from "../sql/statement";

/** How many feeds or profiles are looked through at a time. */
export const LOOKED_THROUGH = 200;

/** A row of a feed. */
export type PlacedRow = Pick<ItemRow, "feed_id" | "position" | "subject" | "entity" | "content" | "recorded_at">;

/** All rows about entities, in every feed, with what was said. */
export const ROWS_ABOUT = statement<{ readonly entity: number }, PlacedRow>(
  "whole rows about entities",
  { entity: "integer" },
  ({ given, join }) => `
    select item.feed_id, item.position, item.subject, item.entity, item.content, item.recorded_at from ${given}
    ${join} feed_item as item on item.tenant = given.tenant and item.entity = given.entity`,
);

/** The parts of a feed that may name people. */
export type NamingRow = Pick<FeedRow, "id" | "connection" | "provider" | "query" | "state" | "length">;

/** Feeds of a provider, by id. One provider is given. */
export const FEEDS_AFTER = statement<{ readonly after: string; readonly provider: Provider }, NamingRow>(
  "feeds after",
  { after: "text", provider: "text" },
  ({ tenant, given }) => `
    select feed.id, feed.connection, feed.provider, feed.query, feed.state, feed.length from feed
    where feed.tenant = ${tenant} and feed.id > (select given.after from ${given})
      and feed.provider = (select given.provider from ${given})
    order by feed.id limit ${String(LOOKED_THROUGH)}`,
);

/** Makes rows about people empty; what is given in place of the subject stays. */
export const EMPTY_ROWS = statement<Pick<ItemRow, "feed_id" | "position" | "subject">>(
  "empty rows",
  { feed_id: "text", position: "integer", subject: "text" },
  ({ given }) => `
    update feed_item set entity = 0, content = null, subject = (
      select given.subject from ${given}
      where given.feed_id = feed_item.feed_id and given.position = feed_item.position)
    where (feed_item.tenant, feed_item.feed_id, feed_item.position) in (
      select given.tenant, given.feed_id, given.position from ${given})`,
);

export const SET_CONTENT = statement<Pick<ItemRow, "feed_id" | "position" | "content">>(
  "set content of rows",
  { feed_id: "text", position: "integer", content: "text" },
  ({ given }) => `
    update feed_item set content = (
      select given.content from ${given}
      where given.feed_id = feed_item.feed_id and given.position = feed_item.position)
    where (feed_item.tenant, feed_item.feed_id, feed_item.position) in (
      select given.tenant, given.feed_id, given.position from ${given})`,
);

export const RENAME_FEEDS = statement<Pick<FeedRow, "id" | "connection" | "query" | "query_hash" | "state">>(
  "rename feeds",
  { id: "text", connection: "text", query: "text", query_hash: "text", state: "text" },
  ({ given }) => `
    update feed set (connection, query, query_hash, state) = (
      select given.connection, given.query, given.query_hash, given.state from ${given} where given.id = feed.id)
    where (feed.tenant, feed.id) in (select given.tenant, given.id from ${given})`,
);

/** A profile, as it is saved. */
export interface ProfileRow {
  readonly id: string;
  readonly external_user_id: string;
  readonly profile: string;
  readonly mark: number;
}

/** Profiles, oldest first. */
export const PROFILES_AFTER = statement<{ readonly after: number }, ProfileRow>(
  "profiles after",
  { after: "integer" },
  ({ tenant, given }) => `
    select icp.id, icp.external_user_id, icp.profile, icp.mark from icp
    where icp.tenant = ${tenant} and icp.mark > (select given.after from ${given})
    order by icp.mark limit ${String(LOOKED_THROUGH)}`,
);

export const SET_PROFILE = statement<{ readonly id: string; readonly profile: string; readonly updated_at: number }>(
  "set profile",
  { id: "text", profile: "text", updated_at: "integer" },
  ({ given }) => `
    update icp set (profile, updated_at) = (
      select given.profile, given.updated_at from ${given} where given.id = icp.id)
    where (icp.tenant, icp.id) in (select given.tenant, given.id from ${given})`,
);

export const DELETE_RECORDS = statement<{ readonly entity: number }>(
  "delete records",
  { entity: "integer" },
  ({ given, join }) => `
    delete from record where (record.tenant, record.entity) in (
      select known.tenant, known.entity from ${given}
      ${join} record as known on known.tenant = given.tenant and known.entity = given.entity)`,
);

export const DELETE_NAMES = statement<{ readonly entity: number }>(
  "delete names",
  { entity: "integer" },
  ({ given, join }) => `
    delete from entity_key where (entity_key.tenant, entity_key.entity) in (
      select known.tenant, known.entity from ${given}
      ${join} entity_key as known on known.tenant = given.tenant and known.entity = given.entity)`,
);
