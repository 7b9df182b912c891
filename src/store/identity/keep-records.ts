import { strongestKey, type EntityKey } from "../../domain/entity-key";
import type { CompanyRecord, Stored, PersonRecord, ProviderRecord } from "../../domain/record";
import type { EntityChanges, EntityRecords } from "../../feeds/entity-changes";
import type { Writer } from "../sql/database";
import { statement } from "../sql/statement";
import { ENTITIES, isRecord, NUMBERS, toRecord, type RecordRow } from "./entity-rows";
import { Joining, type JoinedEntity, type JoinedRow, type KeptEntity } from "./joining";
import type { KnownEntity, KnownWords } from "./known-words";
import { moveEntities } from "./moving";
import { changedLists } from "./rosters";
import { toTold, wordIn, type Told } from "./told";

export interface KeptRecords {
  /** The entity of a name that one of the records uses; `undefined` for another name. */
  readonly entityOf: (name: EntityKey) => KnownEntity | undefined;
  /** Whether nothing was known of an entity before. */
  readonly isNew: (entity: number) => boolean;
  /** Numbers of entities that others became one with. */
  readonly joined: readonly number[];
  readonly changes: EntityChanges;
}

const ADD_NAMES = statement<{ readonly name: string; readonly entity: number }>(
  "add names",
  { name: "text", entity: "integer" },
  ({ tenant, given }) => `insert into entity_key (tenant, key, entity) select ${tenant}, name, entity from ${given}`,
);

const KEEP_RECORDS = statement<RecordRow>(
  "keep records",
  {
    entity: "integer",
    provider: "text",
    record_key: "text",
    kind: "text",
    employer: "text",
    employer_entity: "integer",
    provider_id: "text",
    keys: "text",
    fields: "text",
    fetched_at: "integer",
    mark: "integer",
  },
  ({ tenant, given }) => `
    insert into record (tenant, entity, provider, record_key, kind, employer, employer_entity, provider_id, keys, fields,
      fetched_at, mark)
    select ${tenant}, entity, provider, record_key, kind, employer, employer_entity, provider_id, keys, fields,
      fetched_at, mark
    from ${given} where true
    on conflict (tenant, entity, provider, record_key)
    do update set fields = excluded.fields, fetched_at = excluded.fetched_at`,
);

/**
 * Keeps what a provider said, within a unit of work. Words that the provider said last of an entity, and not long ago, are not
 * written again.
 *
 * @param words what is remembered of earlier units; is brought up to date.
 */
export async function keepRecords(
  writer: Writer,
  words: KnownWords,
  records: readonly ProviderRecord[],
  at: Date,
): Promise<KeptRecords> {
  const told = records.map((record) => toTold(record, at));
  const together = new Set(told.map(({ hash }) => hash));
  const heard = new Map<EntityKey, KnownEntity>();
  const unheard: Told[] = [];
  for (const one of told) {
    const entity = words.entityOf(writer, one, together);
    if (!entity) unheard.push(one);
    else for (const key of one.keys) heard.set(key, entity);
  }
  const joining = await join(writer, unheard);
  await write(writer, joining);
  remember(writer, words, joining);
  const { touched } = joining;
  const began = new Set(touched.filter(({ isNew }) => isNew).map(({ number }) => number));
  return {
    entityOf: (name) => known(joining.entityOf(name)) ?? heard.get(name),
    isNew: (entity) => began.has(entity),
    joined: touched.filter(({ absorbed }) => absorbed.length > 0).map(({ number }) => number),
    changes: { entities: touched.map(recordsOf), ...(await changedLists(writer, joining)), recommendations: [] },
  };
}

async function join(writer: Writer, told: readonly Told[]): Promise<Joining> {
  const employers = told.flatMap(({ employer }) => employer ?? []);
  const names = new Set([...told.flatMap(({ keys }) => keys), ...employers]);
  const numbers = await writer.rows(
    NUMBERS,
    [...names].map((name) => ({ name })),
  );
  const joining = new Joining(await keptEntities(writer, new Set(numbers.map(({ entity }) => entity))));
  for (const one of told) joining.tell(one);
  for (const employer of employers) joining.employ(employer);
  joining.draw((count) => writer.draw(count));
  return joining;
}

async function keptEntities(writer: Writer, numbers: ReadonlySet<number>): Promise<readonly KeptEntity[]> {
  const kept = new Map<number, { number: number; names: readonly EntityKey[]; rows: RecordRow[] }>();
  const rows = await writer.rows(
    ENTITIES,
    [...numbers].map((entity) => ({ entity })),
  );
  for (const row of rows) {
    const entity = kept.get(row.entity) ?? {
      number: row.entity,
      names: JSON.parse(row.names) as EntityKey[],
      rows: [],
    };
    if (isRecord(row)) entity.rows.push(row);
    kept.set(row.entity, entity);
  }
  return [...kept.values()];
}

async function write(writer: Writer, joining: Joining): Promise<void> {
  const numberOf = (name: EntityKey): number => joining.entityOf(name)?.number ?? NaN;
  await moveEntities(
    writer,
    joining.touched.flatMap(({ number, absorbed }) => absorbed.map((one) => ({ absorbed: one, surviving: number }))),
  );
  await writer.change(
    ADD_NAMES,
    joining.newNames.map((name) => ({ name, entity: numberOf(name) })),
  );
  await writer.change(
    KEEP_RECORDS,
    joining.changedRows.map(({ told: { keys, employer, row }, recordKey, mark }) => ({
      ...row,
      entity: numberOf(keys[0] ?? strongestKey(keys)),
      record_key: recordKey,
      employer_entity: employer && numberOf(employer),
      mark,
    })),
  );
}

/** What is remembered of entities is what is kept of them now. */
function remember(writer: Writer, words: KnownWords, joining: Joining): void {
  for (const entity of joining.touched) {
    for (const absorbed of entity.absorbed) words.forget(writer, absorbed);
    const told = [...entity.rows.values()].flatMap(({ told: now, kept }) => now ?? (kept ? wordIn(kept) : []));
    words.learn(writer, { number: entity.number, names: [...entity.names] }, told);
  }
}

function known(entity: JoinedEntity | undefined): KnownEntity | undefined {
  return entity && { number: entity.number, names: [...entity.names] };
}

function recordsOf({ names, rows }: JoinedEntity): EntityRecords {
  return { root: strongestKey(names), keys: [...names], records: [...rows.values()].flatMap(keptRecord) };
}

function keptRecord({ told, kept }: JoinedRow): readonly Stored<CompanyRecord | PersonRecord>[] {
  if (told) return [{ ...told.record, keys: told.keys, fetchedAt: new Date(told.at) }];
  return kept ? [toRecord(kept)] : [];
}
