import { strongestKey, type EntityKey } from "../domain/entity-key";
import type { NewRecommendation } from "../feeds/entity-changes";
import {
  nameKey,
  type FeedHead,
  type FeedItem,
  type FeedName,
  type FeedWindow,
  type Growth,
  type NewItem,
} from "../feeds/feed/feed-model";
import type { Appended, FeedStore, PaidCall } from "../feeds/feed/feed-store.port";
import {
  ADD_FEED,
  ADD_ITEMS,
  CLOSE_FEEDS,
  ENTITIES_IN_FEED,
  HEADS,
  hashOf,
  ITEMS,
  NEWEST,
  OPEN_FEEDS,
  SET_HEAD,
  toFeedRow,
  toHead,
  toItem,
  UNKNOWN_SUBJECTS,
  type FeedRow,
} from "./feeds/feed-rows";
import { foldRows } from "./feeds/folding";
import { NUMBERS } from "./identity/entity-rows";
import { keepRecords, type KeptRecords } from "./identity/keep-records";
import { RecentRecords } from "./identity/recent-records";
import { settleCall } from "./ledger.sql";
import type { Database, Writer } from "./sql/database";

/** Feeds in SQL. */
export class SqlFeedStore implements FeedStore {
  readonly #recentRecords = new RecentRecords();

  constructor(private readonly database: Database) {}

  async newest(names: readonly FeedName[]): Promise<ReadonlyMap<string, FeedHead>> {
    const found = new Map<string, FeedHead>();
    for (const tenant of new Set(names.map((name) => name.tenant))) {
      const asked = names.filter((name) => name.tenant === tenant);
      const rows = await this.database.read(
        NEWEST,
        tenant,
        asked.map(({ connection, provider, query }) => ({ connection, provider, query_hash: hashOf(query) })),
      );
      for (const head of rows.map((row) => toHead(tenant, row))) found.set(nameKey(head), head);
    }
    return found;
  }

  async byIds(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, FeedHead>> {
    const rows = await this.database.read(
      HEADS,
      tenant,
      ids.map((id) => ({ id })),
    );
    return new Map(rows.map((row) => [row.id, toHead(tenant, row)]));
  }

  create(head: FeedHead): Promise<void> {
    return this.database.writing(head.tenant, async (writer) => {
      await writer.change(ADD_FEED, [toFeedRow(head, head.createdAt)]);
    });
  }

  append(head: FeedHead, growth: Growth, call: PaidCall | null, at: Date): Promise<Appended> {
    return this.database.writing(head.tenant, async (writer) => {
      const records = growth.items.flatMap((item) => item.records);
      const kept = await keepRecords(writer, this.#recentRecords, records, at);
      const folded = await foldRows(writer, kept.joined);
      const row = await headOf(writer, head);
      const before = toHead(head.tenant, row);
      const added = await addItems(writer, before, await freshItems(writer, before, growth.items, kept), at);
      const after = { ...before, length: before.length + added.length, ...headAfter(head, row, growth, at) };
      await writer.change(SET_HEAD, [toFeedRow(after, at)]);
      const credits = call ? await settleCall(writer, call, at) : 0;
      const recommendations = before.provider === "MERGED" ? [] : added.flatMap(toRecommendation(head.id, kept));
      return {
        head: after,
        items: added.map(({ item }) => item),
        changes: { ...kept.changes, recommendations },
        folded,
        credits,
      };
    });
  }

  async unknownTo(feed: FeedHead, subjects: readonly EntityKey[]): Promise<ReadonlyMap<EntityKey, EntityKey>> {
    const rows = await this.database.read(
      UNKNOWN_SUBJECTS,
      feed.tenant,
      [...new Set(subjects)].map((subject) => ({ feed_id: feed.id, subject })),
    );
    return new Map(
      rows.map(({ subject, names }) => [subject as EntityKey, strongestKey(JSON.parse(names) as EntityKey[])]),
    );
  }

  async items(windows: readonly FeedWindow[]): Promise<readonly (readonly FeedItem[])[]> {
    const found: FeedItem[][] = windows.map(() => []);
    for (const tenant of new Set(windows.map(({ feed }) => feed.tenant))) {
      const asked = windows.flatMap(({ feed, from, to }, place) =>
        feed.tenant === tenant ? [{ place, feed_id: feed.id, first: from, past: to }] : [],
      );
      for (const row of await this.database.read(ITEMS, tenant, asked)) found[row.place]?.push(toItem(row));
    }
    return found;
  }
}

/** A row that was written, and the entity that it is about. */
interface AddedItem {
  readonly item: FeedItem;
  readonly mark: number;
  readonly entity: number;
  /** All keys of the subject; `null` where they were not looked up. */
  readonly names: readonly EntityKey[] | null;
}

async function headOf(writer: Writer, { id }: FeedHead): Promise<FeedRow> {
  const [row] = await writer.rows(HEADS, [{ id }]);
  if (!row) throw new Error("the feed to extend was deleted");
  return row;
}

/**
 * State, end and total after the extension: those of `growth`, unless another process extended the feed since `known` was
 * read.
 */
function headAfter(
  known: FeedHead,
  row: FeedRow,
  { state, ended, total }: Growth,
  at: Date,
): Partial<Pick<FeedHead, "state" | "endedAt" | "total">> {
  const isOwn = row.length === known.length && row.state === JSON.stringify(known.state);
  return isOwn ? { state, total, endedAt: ended ? at : null } : {};
}

type FreshItem = NewItem & Pick<AddedItem, "entity" | "names">;

/** The items whose subject the feed does not have yet, one for each subject. */
async function freshItems(
  writer: Writer,
  head: FeedHead,
  items: readonly NewItem[],
  kept: KeptRecords,
): Promise<readonly FreshItem[]> {
  const numbers = await numbersOf(writer, items, kept);
  const fresh = new Map<number, FreshItem>();
  for (const item of items) {
    const known = kept.entityOf(item.subject);
    const entity = known?.number ?? numbers.get(item.subject);
    if (entity === undefined || fresh.has(entity)) continue;
    fresh.set(entity, { ...item, entity, names: known?.names ?? null });
  }
  if (head.length === 0) return [...fresh.values()];
  const taken = await writer.rows(
    ENTITIES_IN_FEED,
    [...fresh.keys()].map((entity) => ({ feed_id: head.id, entity })),
  );
  for (const { entity } of taken) fresh.delete(entity);
  return [...fresh.values()];
}

/** The numbers of subjects that have no record among the new ones. */
async function numbersOf(
  writer: Writer,
  items: readonly NewItem[],
  kept: KeptRecords,
): Promise<ReadonlyMap<string, number>> {
  const others = new Set(items.filter(({ subject }) => !kept.entityOf(subject)).map(({ subject }) => subject));
  const rows = await writer.rows(
    NUMBERS,
    [...others].map((name) => ({ name })),
  );
  return new Map(rows.map(({ name, entity }) => [name, entity]));
}

/** Appends rows to a feed. */
async function addItems(
  writer: Writer,
  head: FeedHead,
  items: readonly FreshItem[],
  at: Date,
): Promise<readonly AddedItem[]> {
  const firstMark = writer.draw(items.length);
  const added = items.map(({ subject, content, recordedAt = at, entity, names }, i): AddedItem => ({
    item: { position: head.length + i, subject, content, recordedAt },
    mark: firstMark + i,
    entity,
    names,
  }));
  await writer.change(
    ADD_ITEMS,
    added.map(({ item: { position, subject, content, recordedAt }, mark, entity }) => ({
      feed_id: head.id,
      position,
      mark,
      subject,
      entity,
      content: content && JSON.stringify(content),
      recorded_at: recordedAt.getTime(),
    })),
  );
  return added;
}

function toRecommendation(feedId: string, kept: KeptRecords): (added: AddedItem) => readonly NewRecommendation[] {
  return ({ item: { position, content }, mark, entity, names }) =>
    content && names ? [{ names, place: { feedId, position, mark }, isFirst: kept.isNew(entity) }] : [];
}

/** Closes the open feeds of a connection, within a unit of work, except those for which `goesOn` is true. */
export async function closeFeeds(
  writer: Writer,
  connection: string,
  goesOn: (feed: FeedName) => boolean,
): Promise<void> {
  const rows = await writer.rows(OPEN_FEEDS, [{ connection }]);
  const closing = rows.filter((row) => !goesOn(toHead(writer.tenant, row)));
  await writer.change(
    CLOSE_FEEDS,
    closing.map(({ id }) => ({ id })),
  );
}
