import type { EntityKey } from "../../domain/entity-key";
import type { Provider } from "../../domain/provider";
import type { CompanyRecord, Stored, PersonRecord } from "../../domain/record";
import { statement, type Bound } from "../sql/statement";

/** A row of the table `record`. Texts are JSON; times are milliseconds since 1970 UTC. */
export interface RecordRow {
  /** The number of its entity. */
  readonly entity: number;
  readonly provider: string;
  /**
   * Hash of what identifies the record within its provider: keys, employer, id, and the names of the fields that have a value.
   */
  readonly record_key: string;
  readonly kind: string;
  /** The key of the employer, as the provider gave it. */
  readonly employer: string | null;
  readonly employer_entity: number | null;
  readonly provider_id: string | null;
  readonly keys: string;
  readonly fields: string;
  readonly fetched_at: number;
  readonly mark: number;
}

/** A record of an entity; all columns are null where the entity has no record. */
export type EntityRow = {
  readonly [Column in keyof RecordRow]: Column extends "entity" ? number : RecordRow[Column] | null;
} & { readonly names: string };

const RECORD_COLUMNS = `record.provider, record.record_key, record.kind, record.employer, record.employer_entity,
  record.provider_id, record.keys, record.fields, record.fetched_at, record.mark`;

const namesOf = (entity: string, { list }: Pick<Bound, "list">): string =>
  `(select ${list("alias.key")} from entity_key as alias where alias.tenant = given.tenant and alias.entity = ${entity})`;

/** The numbers of entities by name; an unknown name is absent. */
export const NUMBERS = statement<{ readonly name: string }, { readonly name: string; readonly entity: number }>(
  "numbers of entities",
  { name: "text" },
  ({ given, join }) => `
    select given.name, entity_key.entity from ${given}
    ${join} entity_key on entity_key.tenant = given.tenant and entity_key.key = given.name`,
);

/** All names and records of entities, by their numbers. */
export const ENTITIES = statement<{ readonly entity: number }, EntityRow>(
  "entities",
  { entity: "integer" },
  ({ given, ...bound }) => `
    select given.entity, ${namesOf("given.entity", bound)} as names, ${RECORD_COLUMNS} from ${given}
    left join record on record.tenant = given.tenant and record.entity = given.entity`,
);

/** All names and records of entities, by any of their names. */
export const ENTITIES_BY_NAME = statement<{ readonly name: string }, EntityRow & { readonly asked: string }>(
  "entities by name",
  { name: "text" },
  ({ given, join, ...bound }) => `
    select given.name as asked, entity_key.entity, ${namesOf("entity_key.entity", bound)} as names, ${RECORD_COLUMNS}
    from ${given}
    ${join} entity_key on entity_key.tenant = given.tenant and entity_key.key = given.name
    left join record on record.tenant = given.tenant and record.entity = entity_key.entity`,
);

/** All names of entities. */
export const NAMES = statement<{ readonly entity: number }, { readonly name: string }>(
  "names of entities",
  { entity: "integer" },
  ({ given, join }) => `
    select entity_key.key as name from ${given}
    ${join} entity_key on entity_key.tenant = given.tenant and entity_key.entity = given.entity`,
);

/** Whether the row has a record: the left join gives nulls where there is none. */
export function isRecord<Row extends { readonly record_key: string | null }>(row: Row): row is Row & RecordRow {
  return row.record_key !== null;
}

/** The record in a row. */
export function toRecord(row: RecordRow): Stored<CompanyRecord | PersonRecord> {
  const common = {
    provider: row.provider as Provider,
    providerId: row.provider_id,
    keys: JSON.parse(row.keys) as EntityKey[],
    fetchedAt: new Date(row.fetched_at),
  };
  return row.kind === "Person"
    ? {
        ...common,
        kind: "Person",
        employer: row.employer as EntityKey | null,
        fields: JSON.parse(row.fields) as PersonRecord["fields"],
      }
    : { ...common, kind: "Company", fields: JSON.parse(row.fields) as CompanyRecord["fields"] };
}
