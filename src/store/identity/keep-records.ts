import { strongestKey, type EntityKey } from "../../domain/entity-key";
import type { CompanyRecord, Stored, PersonRecord, ProviderRecord } from "../../domain/record";
import type { EntityChanges, EntityRecords } from "../../feeds/entity-changes";
import type { Writer } from "../sql/database";
import { statement } from "../sql/statement";
import { ENTITIES, isRecord, NUMBERS, toRecord, type RecordRow } from "./entity-rows";
import { Joining, type JoinedEntity, type JoinedRow, type KeptEntity } from "./joining";
import type { KnownEntity, RecentRecords } from "./recent-records";
import { moveEntities } from "./moving";
import { changedLists } from "./rosters";
import { toIncomingRecord, fingerprintOf, type IncomingRecord } from "./incoming-record";

export interface KeptRecords {
  /** The entity of a key in one of the records; `undefined` for another key. */
  readonly entityOf: (name: EntityKey) => KnownEntity | undefined;
  /** Whether the entity is new. */
  readonly isNew: (entity: number) => boolean;
  /** Numbers of entities into which others were merged. */
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
 * Writes the records of a provider, within a unit of work. A record that equals the provider's latest one of the entity, and
 * was written less than an hour ago, is not written again.
 *
 * @param recentRecords the records of earlier units; is updated.
 */
export async function keepRecords(
  writer: Writer,
  recentRecords: RecentRecords,
  records: readonly ProviderRecord[],
  at: Date,
): Promise<KeptRecords> {
  const incoming = records.map((record) => toIncomingRecord(record, at));
  const batch = new Set(incoming.map(({ hash }) => hash));
  const unchanged = new Map<EntityKey, KnownEntity>();
  const toWrite: IncomingRecord[] = [];
  for (const one of incoming) {
    const entity = recentRecords.entityOf(writer, one, batch);
    if (!entity) toWrite.push(one);
    else for (const key of one.keys) unchanged.set(key, entity);
  }
  const joining = await join(writer, toWrite);
  await write(writer, joining);
  remember(writer, recentRecords, joining);
  const { touched } = joining;
  const began = new Set(touched.filter(({ isNew }) => isNew).map(({ number }) => number));
  return {
    entityOf: (name) => known(joining.entityOf(name)) ?? unchanged.get(name),
    isNew: (entity) => began.has(entity),
    joined: touched.filter(({ absorbed }) => absorbed.length > 0).map(({ number }) => number),
    changes: { entities: touched.map(recordsOf), ...(await changedLists(writer, joining)), recommendations: [] },
  };
}

async function join(writer: Writer, incoming: readonly IncomingRecord[]): Promise<Joining> {
  const employers = incoming.flatMap(({ employer }) => employer ?? []);
  const names = new Set([...incoming.flatMap(({ keys }) => keys), ...employers]);
  const numbers = await writer.rows(
    NUMBERS,
    [...names].map((name) => ({ name })),
  );
  const joining = new Joining(await keptEntities(writer, new Set(numbers.map(({ entity }) => entity))));
  for (const one of incoming) joining.add(one);
  for (const employer of employers) joining.addEmployer(employer);
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
    joining.changedRows.map(({ incoming: { keys, employer, row }, recordKey, mark }) => ({
      ...row,
      entity: numberOf(keys[0] ?? strongestKey(keys)),
      record_key: recordKey,
      employer_entity: employer && numberOf(employer),
      mark,
    })),
  );
}

/** Updates `recentRecords` with the changed entities. */
function remember(writer: Writer, recentRecords: RecentRecords, joining: Joining): void {
  for (const entity of joining.touched) {
    for (const absorbed of entity.absorbed) recentRecords.forget(writer, absorbed);
    const incoming = [...entity.rows.values()].flatMap(
      ({ incoming: now, kept }) => now ?? (kept ? fingerprintOf(kept) : []),
    );
    recentRecords.remember(writer, { number: entity.number, names: [...entity.names] }, incoming);
  }
}

function known(entity: JoinedEntity | undefined): KnownEntity | undefined {
  return entity && { number: entity.number, names: [...entity.names] };
}

function recordsOf({ names, rows }: JoinedEntity): EntityRecords {
  return { root: strongestKey(names), keys: [...names], records: [...rows.values()].flatMap(keptRecord) };
}

function keptRecord({ incoming, kept }: JoinedRow): readonly Stored<CompanyRecord | PersonRecord>[] {
  if (incoming) return [{ ...incoming.record, keys: incoming.keys, fetchedAt: new Date(incoming.at) }];
  return kept ? [toRecord(kept)] : [];
}
