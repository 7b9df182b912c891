import type { EntityKey } from "../../domain/entity-key";
import type { ProfileCriteria } from "../../domain/profile";
import type { RecommendationContent } from "../../domain/recommendation";
import type { FeedPeople } from "../../feeds/feed/feed-people.port";
import { isOfProfile } from "../../feeds/profiles/merged-query";
import { profileConnection } from "../../feeds/profiles/profile-connection";
import { closeFeeds } from "../feeds/closing";
import { hashOf, HEADS, SET_FORGOTTEN } from "../feeds/feed-rows";
import { DROP_FEEDS, KEEP_DROPPED } from "../sweep.sql";
import type { Writer } from "../sql/database";
import { findPerson, isFound, type NamingTrace, type PersonTraces } from "./find-person";
import type { Forgotten, ForgottenPeople } from "./forgotten-people";
import { withoutPeople } from "./profile-people";
import {
  DELETE_NAMES,
  DELETE_RECORDS,
  EMPTY_ROWS,
  RENAME_FEEDS,
  SET_CONTENT,
  SET_PROFILE,
  type PlacedRow,
  type ProfileRow,
} from "./trace-statements";

/** What people are forgotten with. */
export interface Forgetting {
  readonly forgotten: ForgottenPeople;
  readonly feedPeople: FeedPeople;
}

/**
 * Deletes everything that is recorded of the person with these keys, within a unit of work; hashes of their keys stay. The places
 * of their rows stay, empty. Lists of which they are a seed are deleted, and lists of profiles that name them are closed, since
 * the profile is another one without them.
 *
 * @returns what was recorded; `null`: nothing was, and nothing was written.
 */
export async function erasePerson(
  writer: Writer,
  keys: readonly EntityKey[],
  { forgotten, feedPeople }: Forgetting,
  at: Date,
): Promise<PersonTraces | null> {
  const traces = await findPerson(writer, keys, feedPeople);
  if (!isFound(traces)) return null;
  const { names, entities, rows, contacts, feeds, profiles } = traces;
  const placeholders = await forgotten.add(writer, names);
  const standIn = (key: EntityKey): EntityKey => placeholders.get(key) ?? key;
  await emptyRows(writer, rows, standIn);
  await writer.change(
    SET_CONTENT,
    contacts.map(({ feed_id, position, content }) => ({ feed_id, position, content: withStandIns(content, standIn) })),
  );
  await forgetInFeeds(writer, feeds, feedPeople, new Set(names));
  for (const profile of profiles) await forgetInProfile(writer, profile, placeholders, at);
  const numbers = entities.map((entity) => ({ entity }));
  await writer.change(DELETE_RECORDS, numbers);
  await writer.change(DELETE_NAMES, numbers);
  writer.tellForgotten();
  return traces;
}

async function emptyRows(
  writer: Writer,
  rows: readonly PlacedRow[],
  standIn: (key: EntityKey) => EntityKey,
): Promise<void> {
  await writer.change(
    EMPTY_ROWS,
    rows.map(({ feed_id, position, subject }) => ({ feed_id, position, subject: standIn(subject as EntityKey) })),
  );
  const positions = new Map<string, number[]>();
  for (const { feed_id: id, position } of rows) positions.set(id, [...(positions.get(id) ?? []), position]);
  const heads = await writer.rows(
    HEADS,
    [...positions.keys()].map((id) => ({ id })),
  );
  await writer.change(
    SET_FORGOTTEN,
    heads.map((head) => {
      const folded = new Set(JSON.parse(head.folded) as number[]);
      const empty = (positions.get(head.id) ?? []).filter((position) => !folded.has(position));
      const all = [...new Set([...(JSON.parse(head.forgotten) as number[]), ...empty])];
      return { id: head.id, forgotten: JSON.stringify(all.sort((a, b) => a - b)) };
    }),
  );
}

function withStandIns(content: string | null, standIn: (key: EntityKey) => EntityKey): string {
  const said = JSON.parse(content ?? "") as RecommendationContent;
  return JSON.stringify({ ...said, people: said.people.map(standIn) });
}

async function forgetInFeeds(
  writer: Writer,
  feeds: readonly NamingTrace[],
  feedPeople: FeedPeople,
  names: ReadonlySet<EntityKey>,
): Promise<void> {
  const dropped = feeds.filter(({ isSeed }) => isSeed).map(({ row: { id, length } }) => ({ id, length }));
  await writer.change(KEEP_DROPPED, dropped);
  await writer.change(
    DROP_FEEDS,
    dropped.map(({ id }) => ({ id })),
  );
  await writer.change(
    RENAME_FEEDS,
    feeds
      .filter(({ isSeed }) => !isSeed)
      .map(({ row: { id }, feed }) => {
        const { connection, query, state } = feedPeople.without(feed, names);
        return { id, connection, query, query_hash: hashOf(query), state: JSON.stringify(state) };
      }),
  );
}

async function forgetInProfile(writer: Writer, { id, profile }: ProfileRow, names: Forgotten, at: Date): Promise<void> {
  const { providerId, ...criteria } = JSON.parse(profile) as ProfileCriteria & { readonly providerId?: string };
  const changed = withoutPeople(criteria, names);
  const text = JSON.stringify({ ...changed, ...(providerId === undefined ? {} : { providerId }) });
  await writer.change(SET_PROFILE, [{ id, profile: text, updated_at: at.getTime() }]);
  await closeFeeds(
    writer,
    profileConnection(id),
    ({ provider, query }) => provider !== "MERGED" || isOfProfile(query, changed),
  );
}
