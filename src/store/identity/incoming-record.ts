import { hash } from "node:crypto";
import { compareKeys, type EntityKey } from "../../domain/entity-key";
import { hasValue, type ProviderRecord } from "../../domain/record";
import type { RecordRow } from "./entity-rows";
import type { RecordFingerprint } from "./recent-records";

/** The columns of a record that do not depend on its entity. */
type IncomingRow = Pick<RecordRow, "provider" | "kind" | "employer" | "provider_id" | "keys" | "fields" | "fetched_at">;

/** A record from a provider, to be written. */
export interface IncomingRecord extends RecordFingerprint {
  readonly record: ProviderRecord;
  /** Sorted, each once. */
  readonly keys: readonly EntityKey[];
  readonly employer: EntityKey | null;
  readonly row: IncomingRow;
}

export function toIncomingRecord(record: ProviderRecord, at: Date): IncomingRecord {
  const keys = record.keys.length > 1 ? [...new Set(record.keys)].sort(compareKeys) : record.keys;
  const employer = record.kind === "Person" ? record.employer : null;
  const row: IncomingRow = {
    provider: record.provider,
    kind: record.kind,
    employer,
    provider_id: record.providerId,
    keys: JSON.stringify(keys),
    fields: JSON.stringify(record.fields),
    fetched_at: at.getTime(),
  };
  const { provider, at: fetchedAt, hash } = fingerprintOf(row);
  return { record, keys, employer, row, provider, at: fetchedAt, hash };
}

/** The fingerprint of a row. */
export function fingerprintOf({
  provider,
  employer,
  provider_id,
  keys,
  fields,
  fetched_at,
}: IncomingRow): RecordFingerprint {
  const text = `${provider}\n${keys}\n${employer ?? ""}\n${provider_id ?? ""}\n${fields}`;
  return { provider, at: fetched_at, hash: hash("sha256", text, "base64url") };
}

/** Identifies the record within its provider: keys, employer, id, and the names of the fields that have a value. */
export function recordKeyOf({ record, keys, employer }: IncomingRecord): string {
  const given = Object.entries(record.fields).flatMap(([name, value]) => (hasValue(value) ? [name] : []));
  return hash("sha256", JSON.stringify([keys, employer, record.providerId, given]), "base64url");
}
