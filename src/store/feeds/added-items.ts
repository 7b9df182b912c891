import type { EntityKey } from "../../domain/entity-key";
import type { NewRecommendation } from "../../feeds/entity-changes";
import type { FeedHead, FeedItem, NewItem } from "../../feeds/feed/feed-model";
import { NUMBERS } from "../identity/entity-rows";
import type { KeptRecords } from "../identity/keep-records";
import type { ScreenedItem } from "../people/screen-rows";
import type { Writer } from "../sql/database";
import { ADD_ITEMS, ENTITIES_IN_FEED, FORGOTTEN_IN_FEEDS } from "./feed-rows";

/** A row that was written, and the entity that it is about. */
export interface AddedItem {
  readonly item: FeedItem;
  readonly mark: number;
  readonly entity: number;
  /** All keys of the subject; `null` where they were not looked up. */
  readonly names: readonly EntityKey[] | null;
}

type FreshItem = NewItem & Pick<AddedItem, "entity" | "names">;

/** The number in place of an entity's in rows about forgotten people. */
const NO_ENTITY = 0;

/** The items whose subject the feed does not have yet, one for each subject. A forgotten person counts as a subject too. */
export async function freshItems(
  writer: Writer,
  head: FeedHead,
  items: readonly ScreenedItem[],
  kept: KeptRecords,
): Promise<readonly FreshItem[]> {
  const numbers = await numbersOf(writer, items, kept);
  const placeholders = new Set(items.some(isEmpty) ? await placeholdersIn(writer, head) : []);
  const given = new Set<number>();
  const fresh: FreshItem[] = [];
  for (const item of items) {
    const known = kept.entityOf(item.subject);
    const entity = isEmpty(item) ? NO_ENTITY : (known?.number ?? numbers.get(item.subject));
    const isKnown = isEmpty(item) ? item.standIns.some((key) => placeholders.has(key)) : given.has(entity ?? NaN);
    for (const key of item.standIns) placeholders.add(key);
    if (entity === undefined || isKnown) continue;
    given.add(entity);
    fresh.push({ ...item, entity, names: known?.names ?? null });
  }
  given.delete(NO_ENTITY);
  const taken = head.length === 0 ? new Set<number>() : await takenIn(writer, head, given);
  return fresh.filter(({ entity }) => !taken.has(entity));
}

function isEmpty({ standIns }: ScreenedItem): boolean {
  return standIns.length > 0;
}

async function placeholdersIn(writer: Writer, { id }: FeedHead): Promise<readonly EntityKey[]> {
  const rows = await writer.rows(FORGOTTEN_IN_FEEDS, [{ feed_id: id }]);
  return rows.map(({ subject }) => subject as EntityKey);
}

/** The entities that the feed has a row of. */
async function takenIn(writer: Writer, { id }: FeedHead, entities: ReadonlySet<number>): Promise<ReadonlySet<number>> {
  const taken = await writer.rows(
    ENTITIES_IN_FEED,
    [...entities].map((entity) => ({ feed_id: id, entity })),
  );
  return new Set(taken.map(({ entity }) => entity));
}

/** The numbers of subjects that have no record among the new ones. */
async function numbersOf(
  writer: Writer,
  items: readonly ScreenedItem[],
  kept: KeptRecords,
): Promise<ReadonlyMap<string, number>> {
  const others = new Set(
    items.filter((item) => !isEmpty(item) && !kept.entityOf(item.subject)).map(({ subject }) => subject),
  );
  const rows = await writer.rows(
    NUMBERS,
    [...others].map((name) => ({ name })),
  );
  return new Map(rows.map(({ name, entity }) => [name, entity]));
}

/** Appends rows to a feed. */
export async function addItems(
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

/** The recommendation in a row that was written; none in a search result. */
export function toRecommendation(
  feedId: string,
  kept: KeptRecords,
): (added: AddedItem) => readonly NewRecommendation[] {
  return ({ item: { position, content }, mark, entity, names }) =>
    content && names ? [{ names, place: { feedId, position, mark }, isFirst: kept.isNew(entity) }] : [];
}
