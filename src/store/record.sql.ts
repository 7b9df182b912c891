import { createHash } from "node:crypto";
import { compareKeys, strongestKey, type EntityKey } from "../domain/entity-key";
import { isSaid, type ProviderRecord } from "../domain/record";
import { chunked, drawMarks, type Database } from "./database";
import { joinEntities, keysOf, knownRoots } from "./identity";
import type { RecordRow } from "./tables";

export interface KeptRecords {
  /** By any key of the batch, the entity's surviving id. */
  readonly roots: ReadonlyMap<EntityKey, EntityKey>;
  /** Every key of every entity that may read differently now, past and present employers included. */
  readonly touched: readonly EntityKey[];
  /** Surviving ids of entities that others became one with. */
  readonly joined: readonly EntityKey[];
}

/**
 * Keeps what a provider said, within a transaction: joins entities, and replaces older words of the same provider that
 * name the entity alike and tell the same fields. Words that tell less replace nothing. What is kept in the end does not
 * depend on the order of arrival. A record keeps its first mark, so that its place in derived lists stays.
 */
export async function keepRecords(
  database: Database,
  tenant: string,
  records: readonly ProviderRecord[],
  at: Date,
): Promise<KeptRecords> {
  const { roots, joined } = await joinEntities(database, tenant, records);
  const rows = records.map((record) => toRow(tenant, record, roots, at));
  const different = [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
  const firstMark = await drawMarks(database, tenant, different.length);
  const marked = different.map((row, i) => ({ ...row, mark: firstMark + i }));
  for (const layer of layersOf(marked)) {
    for (const some of chunked(layer, 11)) await insertOrReplace(database, some);
  }
  return { roots, touched: await touchedBy(database, tenant, roots), joined };
}

/** Two words of one time are weighed as text: any rule does, as long as it is always the same. */
async function insertOrReplace(database: Database, rows: readonly RecordRow[]): Promise<void> {
  await database
    .insertInto("record")
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(["tenant", "provider", "record_key"])
        .doUpdateSet((eb) => ({
          fields: eb.ref("excluded.fields"),
          fetched_at: eb.ref("excluded.fetched_at"),
        }))
        .where((eb) =>
          eb(
            eb.refTuple("excluded.fetched_at", "excluded.fields"),
            ">",
            eb.refTuple("record.fetched_at", "record.fields"),
          ),
        ),
    )
    .execute();
}

/** Rows apart that would meet in one statement, which may write each row but once. */
function layersOf(rows: readonly RecordRow[]): readonly (readonly RecordRow[])[] {
  const layers: RecordRow[][] = [];
  const met = new Map<string, number>();
  for (const row of rows) {
    const name = `${row.provider} ${row.record_key}`;
    const depth = met.get(name) ?? 0;
    met.set(name, depth + 1);
    (layers[depth] ??= []).push(row);
  }
  return layers;
}

/** Whoever is told of, and everywhere that a record has them work: when people become one, those lists grow shorter. */
async function touchedBy(
  database: Database,
  tenant: string,
  roots: ReadonlyMap<EntityKey, EntityKey>,
): Promise<readonly EntityKey[]> {
  const entities = [...new Set(roots.values())];
  const employers = new Set<EntityKey>();
  for (const some of chunked(entities, 1)) {
    const rows = await database
      .selectFrom("record")
      .select("employer")
      .distinct()
      .where("tenant", "=", tenant)
      .where("entity", "in", some)
      .where("employer", "is not", null)
      .execute();
    for (const { employer } of rows) employers.add(employer as EntityKey);
  }
  const employing = await knownRoots(database, tenant, [...employers]);
  return keysOf(database, tenant, [...new Set([...entities, ...employing.values()])]);
}

/** What makes it this record and no other: who is told of by which names, where they work, and what else is told. */
function nameOf(
  keys: readonly EntityKey[],
  employer: EntityKey | null,
  { providerId, fields }: ProviderRecord,
): string {
  const said = Object.entries(fields).flatMap(([name, value]) => (isSaid(value) ? [name] : []));
  return createHash("sha256")
    .update(JSON.stringify([keys, employer, providerId, said]))
    .digest("base64url");
}

function toRow(
  tenant: string,
  record: ProviderRecord,
  roots: ReadonlyMap<EntityKey, EntityKey>,
  at: Date,
): Omit<RecordRow, "mark"> {
  const keys = [...new Set(record.keys)].sort(compareKeys);
  const key = strongestKey(keys);
  const employer = record.kind === "Person" ? record.employer : null;
  return {
    tenant,
    provider: record.provider,
    record_key: nameOf(keys, employer, record),
    kind: record.kind,
    entity: roots.get(key) ?? key,
    employer,
    provider_id: record.providerId,
    keys: JSON.stringify(keys),
    fields: JSON.stringify(record.fields),
    fetched_at: at.getTime(),
  };
}
