import { hash } from "node:crypto";
import { compareKeys, type EntityKey } from "../../domain/entity-key";
import { hasValue, type ProviderRecord } from "../../domain/record";
import type { RecordRow } from "./entity-rows";
import type { Word } from "./known-words";

/** What a row has of a record, whatever entity that is of. */
type ToldRow = Pick<RecordRow, "provider" | "kind" | "employer" | "provider_id" | "keys" | "fields" | "fetched_at">;

/** A record as a provider tells it now. */
export interface Told extends Word {
  readonly record: ProviderRecord;
  /** Sorted, each once. */
  readonly keys: readonly EntityKey[];
  readonly employer: EntityKey | null;
  readonly row: ToldRow;
}

export function toTold(record: ProviderRecord, at: Date): Told {
  const keys = [...new Set(record.keys)].sort(compareKeys);
  const employer = record.kind === "Person" ? record.employer : null;
  const row: ToldRow = {
    provider: record.provider,
    kind: record.kind,
    employer,
    provider_id: record.providerId,
    keys: JSON.stringify(keys),
    fields: JSON.stringify(record.fields),
    fetched_at: at.getTime(),
  };
  return { record, keys, employer, row, ...wordIn(row) };
}

/** The words of a row. */
export function wordIn({ provider, employer, provider_id, keys, fields, fetched_at }: ToldRow): Word {
  const text = [provider, keys, employer ?? "", provider_id ?? "", fields].join("\\n");
  return { provider, at: fetched_at, hash: hash("sha256", text, "base64url") };
}

/** What makes it this record and no other: who is told of by which names, where they work, and what else is told. */
export function recordKeyOf({ record, keys, employer }: Told): string {
  const given = Object.entries(record.fields).flatMap(([name, value]) => (hasValue(value) ? [name] : []));
  return hash("sha256", JSON.stringify([keys, employer, record.providerId, given]), "base64url");
}
