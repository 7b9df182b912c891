import { createHash } from "node:crypto";
import type { EntityKey } from "../domain/entity-key";
import type { RecommendationContent } from "../domain/recommendation";
import {
  nameKey,
  type FeedHead,
  type FeedItem,
  type FeedName,
  type FeedOwner,
  type FeedWindow,
  type Growth,
  type Json,
  type NewItem,
} from "../feeds/feed/feed-model";
import type { Appended, FeedStore, PaidCall } from "../feeds/feed/feed-store.port";
import { chunked, chunksOf, drawMarks, MAX_ALTERNATIVES, type Database } from "./database";
import { knownRoots } from "./identity";
import { foldRows } from "./fold";
import { settleCall } from "./ledger.sql";
import { keepRecords } from "./record.sql";
import type { FeedItemRow, FeedRow } from "./tables";

/** Feeds in SQL. */
export class SqlFeedStore implements FeedStore {
  constructor(private readonly database: Database) {}

  async newest(names: readonly FeedName[]): Promise<ReadonlyMap<string, FeedHead>> {
    const found = new Map<string, FeedHead>();
    for (const some of chunksOf(names, MAX_ALTERNATIVES)) {
      const rows = await this.database
        .selectFrom("feed")
        .selectAll()
        .where("closed", "=", 0)
        .where((eb) =>
          eb.or(
            some.map((name) =>
              eb.and([
                eb("tenant", "=", name.tenant),
                eb("connection", "=", name.connection),
                eb("provider", "=", name.provider),
                eb("query_hash", "=", hashOf(name.query)),
              ]),
            ),
          ),
        )
        .orderBy("created_at")
        .execute();
      for (const head of rows.map(toHead)) found.set(nameKey(head), head);
    }
    return found;
  }

  async byIds(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, FeedHead>> {
    const found = new Map<string, FeedHead>();
    for (const some of chunked(ids, 1)) {
      const rows = await this.database
        .selectFrom("feed")
        .selectAll()
        .where("tenant", "=", tenant)
        .where("id", "in", some)
        .execute();
      for (const row of rows) found.set(row.id, toHead(row));
    }
    return found;
  }

  async create(head: FeedHead): Promise<void> {
    await this.database.insertInto("feed").values(toRow(head)).execute();
  }

  append(head: FeedHead, growth: Growth, call: PaidCall | null, at: Date): Promise<Appended> {
    return this.database.transaction().execute(async (database) => {
      const { tenant, id } = head;
      const { touched, joined } = await keepRecords(
        database,
        tenant,
        growth.items.flatMap(({ records }) => records),
        at,
      );
      const folded = await foldRows(database, tenant, joined);
      const row = await database
        .selectFrom("feed")
        .selectAll()
        .where("tenant", "=", tenant)
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      const before = toHead(row);
      const fresh = await freshItems(database, before, growth.items);
      await insertItems(database, before, fresh, at);
      const after = { ...before, length: before.length + fresh.length, ...standAfter(head, row, growth, at) };
      const { length, total, state, ended_at } = toRow(after);
      await database
        .updateTable("feed")
        .set({ length, total, state, ended_at })
        .where("tenant", "=", tenant)
        .where("id", "=", id)
        .execute();
      if (call) await settleCall(database, tenant, call, at);
      return { head: after, touched, folded };
    });
  }

  unknownTo(feed: FeedHead, subjects: readonly EntityKey[]): Promise<ReadonlyMap<EntityKey, EntityKey>> {
    return unknownSubjects(this.database, feed, subjects);
  }

  async items(windows: readonly FeedWindow[]): Promise<readonly (readonly FeedItem[])[]> {
    const found: (readonly FeedItem[])[] = [];
    for (const some of chunksOf(windows, MAX_ALTERNATIVES)) {
      const rows = await this.#rows(some);
      for (const { feed, from, to } of some) {
        const within = rows.filter((row) => row.feed_id === feed.id && row.position >= from && row.position < to);
        found.push(within.map(toItem));
      }
    }
    return found;
  }

  #rows(windows: readonly FeedWindow[]): Promise<FeedItemRow[]> {
    return this.database
      .selectFrom("feed_item")
      .selectAll()
      .where((eb) =>
        eb.or(
          windows.map(({ feed, from, to }) =>
            eb.and([
              eb("tenant", "=", feed.tenant),
              eb("feed_id", "=", feed.id),
              eb("position", ">=", from),
              eb("position", "<", to),
            ]),
          ),
        ),
      )
      .orderBy("position")
      .execute();
  }
}

/** State, end and total to go on from: those of `growth`, unless somebody else extended the feed since it stood at `known`. */
function standAfter(
  known: FeedHead,
  row: FeedRow,
  { state, ended, total }: Growth,
  at: Date,
): Partial<Pick<FeedHead, "state" | "endedAt" | "total">> {
  const isOwn = row.length === known.length && row.state === JSON.stringify(known.state);
  return isOwn ? { state, total, endedAt: ended ? at : null } : {};
}

/** Rows whose subject the feed does not have yet under any of its keys, each subject once. */
async function freshItems(database: Database, head: FeedHead, items: readonly NewItem[]): Promise<readonly NewItem[]> {
  const subjects = items.map(({ subject }) => subject);
  const unknown = await unknownSubjects(database, head, subjects);
  const taken = new Set<EntityKey>();
  return items.filter(({ subject }) => {
    const root = unknown.get(subject);
    if (root === undefined || taken.has(root)) return false;
    taken.add(root);
    return true;
  });
}

/** By those of `subjects` that the feed does not have yet under any of their keys, the surviving id of each. */
async function unknownSubjects(
  database: Database,
  { tenant, id }: FeedHead,
  subjects: readonly EntityKey[],
): Promise<ReadonlyMap<EntityKey, EntityKey>> {
  const roots = await knownRoots(database, tenant, [...new Set(subjects)]);
  const taken = new Set<string>();
  for (const some of chunked([...new Set(roots.values())], 1)) {
    const rows = await database
      .selectFrom("feed_item")
      .innerJoin("entity_key", (join) =>
        join.onRef("entity_key.tenant", "=", "feed_item.tenant").onRef("entity_key.key", "=", "feed_item.subject"),
      )
      .select("entity_key.entity")
      .where("feed_item.tenant", "=", tenant)
      .where("feed_item.feed_id", "=", id)
      .where("entity_key.entity", "in", some)
      .execute();
    for (const { entity } of rows) taken.add(entity);
  }
  return new Map([...roots].filter(([, root]) => !taken.has(root)));
}

async function insertItems(database: Database, head: FeedHead, items: readonly NewItem[], at: Date): Promise<void> {
  if (items.length === 0) return;
  const firstMark = await drawMarks(database, head.tenant, items.length);
  const rows = items.map(({ subject, content, recordedAt = at }, i) => ({
    tenant: head.tenant,
    feed_id: head.id,
    position: head.length + i,
    mark: firstMark + i,
    subject,
    content: content && JSON.stringify(content),
    recorded_at: recordedAt.getTime(),
  }));
  for (const some of chunked(rows, 7)) await database.insertInto("feed_item").values(some).execute();
}

/** Closes, in the store, the open feeds of a connection that `goesOn` does not want to go on. */
export async function closeFeeds(
  database: Database,
  tenant: string,
  connection: string,
  goesOn: (feed: FeedName) => boolean,
): Promise<void> {
  const rows = await database
    .selectFrom("feed")
    .selectAll()
    .where("tenant", "=", tenant)
    .where("connection", "=", connection)
    .where("closed", "=", 0)
    .execute();
  const ids = rows.filter((row) => !goesOn(toHead(row))).map(({ id }) => id);
  for (const some of chunked(ids, 1)) {
    await database
      .updateTable("feed")
      .set({ closed: 1 })
      .where("tenant", "=", tenant)
      .where("id", "in", some)
      .execute();
  }
}

function hashOf(query: string): string {
  return createHash("sha256").update(query).digest("hex");
}

function toHead(row: FeedRow): FeedHead {
  return {
    tenant: row.tenant,
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
  };
}

function toRow(head: FeedHead): FeedRow {
  return {
    tenant: head.tenant,
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
  };
}

function toItem(row: FeedItemRow): FeedItem {
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
