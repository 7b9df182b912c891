import { strongestKey, type EntityKey } from "../domain/entity-key";
import type { ProviderRecord } from "../domain/record";
import { chunked, drawMarks, type Database } from "./database";
import { joinEntities, keysOf, knownRoots } from "./identity";
import type { RecordRow } from "./schema";

export interface KeptRecords {
  /** By any key of the batch, the entity's surviving id. */
  readonly roots: ReadonlyMap<EntityKey, EntityKey>;
  /** Every key of every entity that may read differently now, employers included. */
  readonly touched: readonly EntityKey[];
  /** Surviving ids of entities that others became one with. */
  readonly joined: readonly EntityKey[];
}

/**
 * Keeps what a provider said, within a transaction: joins entities, and replaces older words of the same provider on
 * the same key. A record keeps its first mark, so that its place in derived lists stays.
 */
export async function keepRecords(
  database: Database,
  tenant: string,
  records: readonly ProviderRecord[],
  at: Date,
): Promise<KeptRecords> {
  const { roots, joined } = await joinEntities(database, tenant, records);
  const latest = new Map(records.map((record) => [`${record.provider} ${recordKey(record)}`, record]));
  const firstMark = await drawMarks(database, tenant, latest.size);
  const rows = [...latest.values()].map((record, i) => toRow(tenant, record, roots, at, firstMark + i));
  for (const some of chunked(rows, 11)) {
    await database
      .insertInto("record")
      .values(some)
      .onConflict((conflict) =>
        conflict
          .columns(["tenant", "provider", "record_key"])
          .doUpdateSet((eb) => ({
            entity: eb.ref("excluded.entity"),
            employer: eb.ref("excluded.employer"),
            provider_id: eb.ref("excluded.provider_id"),
            keys: eb.ref("excluded.keys"),
            fields: eb.ref("excluded.fields"),
            fetched_at: eb.ref("excluded.fetched_at"),
          }))
          .whereRef("excluded.fetched_at", ">=", "record.fetched_at"),
      )
      .execute();
  }
  const employers = await knownRoots(database, tenant, [...new Set(employersOf(records))]);
  const touched = await keysOf(database, tenant, [...new Set([...roots.values(), ...employers.values()])]);
  return { roots, touched, joined };
}

function recordKey({ keys }: ProviderRecord): EntityKey {
  return strongestKey(keys);
}

function employersOf(records: readonly ProviderRecord[]): readonly EntityKey[] {
  return records.flatMap((record) => (record.kind === "Person" && record.employer ? [record.employer] : []));
}

function toRow(
  tenant: string,
  record: ProviderRecord,
  roots: ReadonlyMap<EntityKey, EntityKey>,
  at: Date,
  mark: number,
): RecordRow {
  const key = recordKey(record);
  return {
    tenant,
    provider: record.provider,
    record_key: key,
    kind: record.kind,
    entity: roots.get(key) ?? key,
    employer: record.kind === "Person" ? record.employer : null,
    provider_id: record.providerId,
    keys: JSON.stringify(record.keys),
    fields: JSON.stringify(record.fields),
    fetched_at: at.getTime(),
    mark,
  };
}
