import { isForgottenKey, strongestKey, type EntityKey } from "../domain/entity-key";
import type { TenantId } from "../domain/tenant-id";
import {
  nameKey,
  type FeedHead,
  type FeedItem,
  type FeedName,
  type FeedWindow,
  type Growth,
} from "../feeds/feed/feed-model";
import { NOBODY } from "../feeds/feed/feed-people.port";
import type { Appended, FeedStore, FoldedRows, PaidCall } from "../feeds/feed/feed-store.port";
import {
  ADD_FEED,
  HEADS,
  hashOf,
  ITEMS,
  NEWEST,
  SET_FORGOTTEN,
  SET_HEAD,
  toFeedRow,
  toHead,
  toItem,
  UNKNOWN_SUBJECTS,
  type FeedRow,
} from "./feeds/feed-rows";
import { addItems, freshItems, toRecommendation, type AddedItem } from "./feeds/added-items";
import { foldRows } from "./feeds/folding";
import { keepRecords, type KeptRecords } from "./identity/keep-records";
import { RecentRecords } from "./identity/recent-records";
import { settleCall } from "./ledger.sql";
import type { Forgetting } from "./people/erase-person";
import { ForgottenPeople } from "./people/forgotten-people";
import { screenItems, screenState, type ScreenedItem } from "./people/screen-rows";
import type { Database, Writer } from "./sql/database";
import type { Replaced } from "./sql/replaced";

/** Feeds in SQL. */
export class SqlFeedStore implements FeedStore {
  readonly #recentRecords = new RecentRecords();

  constructor(
    private readonly database: Database,
    private readonly forgetting: Forgetting = { forgotten: new ForgottenPeople(), feedPeople: NOBODY },
  ) {}

  /** Drops what is kept in memory of recorded entities. To be called after a person was forgotten. */
  release(): void {
    this.#recentRecords.clear();
  }

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

  async byIds(tenant: TenantId, ids: readonly string[]): Promise<ReadonlyMap<string, FeedHead>> {
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
      const { items, hasErased } = await screenItems(writer, growth.items, this.forgetting, at);
      if (hasErased) this.release();
      const records = items.flatMap((item) => item.records);
      const kept = await keepRecords(writer, this.#recentRecords, records, at);
      const folded = await foldRows(writer, kept.joined);
      const [row] = await writer.rows(HEADS, [{ id: head.id }]);
      const grown = row ? await this.#grow(writer, head, row, { ...growth, items }, kept, at) : withoutFeed(head);
      const credits = call ? await settleCall(writer, call, at) : 0;
      writer.replaces(replacedBy(head, kept, folded));
      const recommendations = head.provider === "MERGED" ? [] : grown.added.flatMap(toRecommendation(head.id, kept));
      return {
        head: grown.head,
        items: grown.added.map(({ item }) => item),
        changes: { ...kept.changes, recommendations },
        folded,
        credits,
        hasErased,
      };
    });
  }

  /** Appends the rows that the feed does not have yet. */
  async #grow(
    writer: Writer,
    known: FeedHead,
    row: FeedRow,
    growth: Growth & { readonly items: readonly ScreenedItem[] },
    kept: KeptRecords,
    at: Date,
  ): Promise<Grown> {
    const before = toHead(known.tenant, row);
    const added = await addItems(writer, before, await freshItems(writer, before, growth.items, kept), at);
    const ended = await this.#headAfter(writer, known, row, growth, at);
    const empty = added.flatMap(({ item }) => (isForgottenKey(item.subject) ? item.position : []));
    const forgotten = [...before.forgotten, ...empty];
    const head = { ...before, length: before.length + added.length, forgotten, ...ended };
    await writer.change(SET_HEAD, [toFeedRow(head, at)]);
    if (empty.length > 0) await writer.change(SET_FORGOTTEN, [toFeedRow(head, at)]);
    return { head, added };
  }

  /**
   * State, end and total after the extension: those of `growth`, unless another process extended the feed since `known` was
   * read. A person may have been forgotten since, too.
   */
  async #headAfter(
    writer: Writer,
    known: FeedHead,
    row: FeedRow,
    { state, ended, total }: Growth,
    at: Date,
  ): Promise<Partial<Pick<FeedHead, "state" | "endedAt" | "total">>> {
    const knownState = await screenState(writer, known, known.state, this.forgetting);
    const isOwn = row.length === known.length && row.state === JSON.stringify(knownState);
    if (!isOwn) return {};
    return {
      state: await screenState(writer, known, state, this.forgetting),
      total,
      endedAt: ended ? at : null,
    };
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

function replacedBy({ id }: FeedHead, { changes }: KeptRecords, folded: readonly FoldedRows[]): Replaced {
  const { entities, stale, people } = changes;
  return {
    feeds: [id, ...folded.map(({ feedId }) => feedId)],
    entities: entities.length + stale.length + people.size > 0,
  };
}

interface Grown {
  readonly head: FeedHead;
  readonly added: readonly AddedItem[];
}

/** The feed was deleted while its provider was called: its rows have no place, and their records stay. */
function withoutFeed(head: FeedHead): Grown {
  return { head: { ...head, closed: true }, added: [] };
}
