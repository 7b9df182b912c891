import { parseEntityKey, type EntityKey } from "../../domain/entity-key";
import type { Json } from "../../feeds/feed/feed-model";
import type { FeedPeople, NamingFeed } from "../../feeds/feed/feed-people.port";
import { ENTITIES, isRecord, NUMBERS, type RecordRow } from "../identity/entity-rows";
import type { PeopleReader } from "./forgotten-people";
import { peopleInProfile } from "./profile-people";
import {
  FEEDS_AFTER,
  LOOKED_THROUGH,
  PROFILES_AFTER,
  ROWS_ABOUT,
  type NamingRow,
  type PlacedRow,
  type ProfileRow,
} from "./trace-statements";

/** A feed that names the person. */
export interface NamingTrace {
  readonly row: NamingRow;
  readonly feed: NamingFeed;
  /** Whether it is about them: without them it has no meaning. */
  readonly isSeed: boolean;
}

/** Everything that is recorded of a person. */
export interface PersonTraces {
  /** All their keys, past ones too. */
  readonly names: readonly EntityKey[];
  /** Numbers of their entities. */
  readonly entities: readonly number[];
  readonly records: readonly RecordRow[];
  /** Rows about them. */
  readonly rows: readonly PlacedRow[];
  /** Rows about companies that name them as a contact. */
  readonly contacts: readonly PlacedRow[];
  /** Feeds that name them, apart from rows. */
  readonly feeds: readonly NamingTrace[];
  /** Profiles that name them. */
  readonly profiles: readonly ProfileRow[];
}

/** Finds everything that is recorded of the person with these keys. */
export async function findPerson(
  reader: PeopleReader,
  keys: readonly EntityKey[],
  feedPeople: FeedPeople,
): Promise<PersonTraces> {
  const numbers = await reader.rows(
    NUMBERS,
    keys.map((name) => ({ name })),
  );
  const entities = [...new Set(numbers.map(({ entity }) => entity))];
  const found = await reader.rows(
    ENTITIES,
    entities.map((entity) => ({ entity })),
  );
  const names = [...new Set([...keys, ...found.flatMap((row) => JSON.parse(row.names) as EntityKey[])])];
  const records = found.flatMap((row): RecordRow | [] => (isRecord(row) ? row : []));
  return {
    names,
    entities,
    records,
    rows: await rowsAbout(reader, entities),
    contacts: await contactRows(reader, records, new Set(names)),
    feeds: await feedsNaming(reader, new Set(names), feedPeople),
    profiles: await profilesNaming(reader, new Set(names)),
  };
}

/** Whether anything is recorded. */
export function isFound({ entities, feeds, profiles }: PersonTraces): boolean {
  return entities.length + feeds.length + profiles.length > 0;
}

function rowsAbout(reader: PeopleReader, entities: readonly number[]): Promise<readonly PlacedRow[]> {
  return reader.rows(
    ROWS_ABOUT,
    entities.map((entity) => ({ entity })),
  );
}

/** A company's row names as contacts people who work there: the records of each have the company as their employer. */
async function contactRows(
  reader: PeopleReader,
  records: readonly RecordRow[],
  names: ReadonlySet<string>,
): Promise<readonly PlacedRow[]> {
  const employers = new Set(records.flatMap(({ employer_entity: employer }) => employer ?? []));
  const rows = await rowsAbout(reader, [...employers]);
  return rows.filter(({ content }) => content !== null && contactsIn(content).some((key) => names.has(key)));
}

function contactsIn(content: string): readonly EntityKey[] {
  return (JSON.parse(content) as { readonly people: readonly EntityKey[] }).people;
}

async function feedsNaming(
  reader: PeopleReader,
  names: ReadonlySet<EntityKey>,
  feedPeople: FeedPeople,
): Promise<readonly NamingTrace[]> {
  const found: NamingTrace[] = [];
  const values = [...names].flatMap((key) => parseEntityKey(key)?.value ?? []);
  const texts = [...values, ...values.map(encodeURIComponent)];
  const mayName = ({ query, state }: NamingRow): boolean =>
    texts.some((text) => query.includes(text) || state.includes(text)); // most do not: they need not be read
  for (const provider of feedPeople.providers) {
    for (let after = ""; ;) {
      const rows = await reader.rows(FEEDS_AFTER, [{ after, provider }]);
      for (const row of rows.filter(mayName)) {
        const feed = { connection: row.connection, provider, query: row.query, state: JSON.parse(row.state) as Json };
        const isSeed = feedPeople.seedsOf(feed).some((key) => names.has(key));
        if (isSeed || feedPeople.othersIn(feed).some((key) => names.has(key))) found.push({ row, feed, isSeed });
      }
      const last = rows.at(-1);
      if (!last || rows.length < LOOKED_THROUGH) break;
      after = last.id;
    }
  }
  return found;
}

async function profilesNaming(reader: PeopleReader, names: ReadonlySet<EntityKey>): Promise<readonly ProfileRow[]> {
  const found: ProfileRow[] = [];
  for (let after = -1; ;) {
    const rows = await reader.rows(PROFILES_AFTER, [{ after }]);
    found.push(...rows.filter(({ profile }) => peopleInProfile(profile).some((key) => names.has(key))));
    const last = rows.at(-1);
    if (!last || rows.length < LOOKED_THROUGH) return found;
    after = last.mark;
  }
}
