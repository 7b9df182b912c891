import { isForgottenKey, isPersonKey, type EntityKey } from "../../domain/entity-key";
import type { FeedOwner, Json, NewItem } from "../../feeds/feed/feed-model";
import type { PersonRecord, ProviderRecord } from "../../domain/record";
import type { FeedPeople } from "../../feeds/feed/feed-people.port";
import type { Writer } from "../sql/database";
import { erasePerson, type Forgetting } from "./erase-person";
import type { Forgotten } from "./forgotten-people";

/** A new row. A row about a forgotten person has their stand-in as subject, and nothing else. */
export interface ScreenedItem extends NewItem {
  /** What stands in place of each key of the forgotten person; empty for other rows. */
  readonly standIns: readonly EntityKey[];
}

/** What a provider said, without forgotten people. */
export interface Screened<T> {
  readonly items: readonly T[];
  /** Whether recorded data turned out to be of a forgotten person, and was deleted. */
  readonly hasErased: boolean;
}

/**
 * Takes forgotten people out of new rows, before anything is written. A record that has one of their keys is theirs: its other
 * keys become known as theirs, and what was recorded under those is deleted.
 */
export async function screenItems(
  writer: Writer,
  items: readonly NewItem[],
  forgetting: Forgetting,
  at: Date,
): Promise<Screened<ScreenedItem>> {
  const named = items.flatMap(({ subject, content }) => [subject, ...(content?.people ?? [])]);
  const records = items.flatMap((item) => item.records);
  const { forgotten, hasErased } = await forgottenAmong(writer, records, named, forgetting, at);
  if (forgotten.size === 0) return { items: items.map((item) => ({ ...item, standIns: [] })), hasErased };
  return { items: items.map((item) => withoutForgotten(item, forgotten)), hasErased };
}

/** Takes records of forgotten people out, as `screenItems` does. */
export async function screenRecords(
  writer: Writer,
  records: readonly ProviderRecord[],
  forgetting: Forgetting,
  at: Date,
): Promise<Screened<ProviderRecord>> {
  const { forgotten, hasErased } = await forgottenAmong(writer, records, [], forgetting, at);
  return { items: records.filter((record) => !isOf(record, forgotten)), hasErased };
}

/** The state without forgotten people. */
export async function screenState(
  writer: Writer,
  feed: { readonly connection: string; readonly provider: FeedOwner; readonly query: string },
  state: Json,
  { forgotten, feedPeople }: Forgetting,
): Promise<Json> {
  const named = { ...feed, state };
  const people = peopleIn(feedPeople, named);
  if (people.length === 0) return state;
  const found = await forgotten.among(writer, people);
  return found.size === 0 ? state : feedPeople.without(named, new Set(found.keys())).state;
}

function peopleIn(feedPeople: FeedPeople, feed: Parameters<FeedPeople["othersIn"]>[0]): readonly EntityKey[] {
  if (feed.provider === "MERGED" || !feedPeople.providers.includes(feed.provider)) return [];
  return feedPeople.othersIn(feed);
}

/** Finds the forgotten people in new records, and all keys that the records give them. */
async function forgottenAmong(
  writer: Writer,
  records: readonly ProviderRecord[],
  named: readonly EntityKey[],
  forgetting: Forgetting,
  at: Date,
): Promise<{ readonly forgotten: Forgotten; readonly hasErased: boolean }> {
  const people = records.filter((record): record is PersonRecord => record.kind === "Person");
  const keys = [...people.flatMap((record) => record.keys), ...named.filter(isPersonKey)];
  const found = new Map(await forgetting.forgotten.among(writer, [...new Set(keys)]));
  let hasErased = false;
  for (;;) {
    const theirs = people.filter((record) => isOf(record, found));
    const fresh = theirs.flatMap((record) => record.keys).filter((key) => !found.has(key));
    if (fresh.length === 0) return { forgotten: found, hasErased };
    const traces = await erasePerson(writer, fresh, forgetting, at);
    hasErased ||= traces !== null;
    const standIns = await forgetting.forgotten.add(writer, traces?.names ?? fresh);
    for (const [key, standIn] of standIns) found.set(key, standIn);
  }
}

function isOf(record: ProviderRecord, forgotten: Forgotten): boolean {
  return record.kind === "Person" && record.keys.some((key) => forgotten.has(key));
}

function withoutForgotten(item: NewItem, forgotten: Forgotten): ScreenedItem {
  const { subject, content, records } = item;
  const theirs = records.filter((record) => isOf(record, forgotten));
  const kept = records.filter((record) => !isOf(record, forgotten) && !isOnlyOf(record, item, theirs));
  const standIn = (key: EntityKey): EntityKey => forgotten.get(key) ?? key;
  const own = theirs.find((record) => record.keys.includes(subject));
  if (own || forgotten.has(subject)) {
    const standIns = (own?.keys ?? [subject]).map(standIn).filter(isForgottenKey);
    return { ...item, subject: standIn(subject), content: null, records: kept, standIns };
  }
  const people = content && content.people.map(standIn);
  return { ...item, content: content && { ...content, people: people ?? [] }, records: kept, standIns: [] };
}

/** Whether a company without a name of its own is known only as the employer of these people. */
function isOnlyOf(record: ProviderRecord, { subject }: NewItem, people: readonly ProviderRecord[]): boolean {
  return (
    record.kind === "Company" &&
    record.keys.every((key) => key.startsWith("Company:unnamed:") && key !== subject) &&
    people.some(
      (person) => person.kind === "Person" && person.employer !== null && record.keys.includes(person.employer),
    )
  );
}
