import type { EntityKey } from "../../domain/entity-key";
import type { RecordRow } from "./entity-rows";
import { recordKeyOf, type IncomingRecord } from "./incoming-record";

/** A record of an entity: `kept` is in the database, `incoming` replaces it or is new. */
export interface JoinedRow {
  readonly kept: RecordRow | null;
  incoming: IncomingRecord | null;
  readonly recordKey: string;
  /** `NaN` in a new row, until its mark is drawn. */
  mark: number;
}

/** An entity while records are added to it. */
export interface JoinedEntity {
  /** `NaN` in a new entity, until its number is drawn. */
  number: number;
  readonly isNew: boolean;
  readonly names: Set<EntityKey>;
  /** By provider and record key. */
  readonly rows: Map<string, JoinedRow>;
  /** Numbers of entities that were merged into this one. */
  readonly absorbed: number[];
}

/** An entity as it is in the database. */
export interface KeptEntity {
  readonly number: number;
  readonly names: readonly EntityKey[];
  readonly rows: readonly RecordRow[];
}

/**
 * Assigns records to entities, in memory. Records that share a key belong to one entity; if a record connects two entities,
 * they are merged under the older number. A record replaces the older one of its provider that has the same keys and the same
 * fields; a record with fewer fields replaces nothing. The replaced record's mark stays, so that its place in lists stays.
 */
export class Joining {
  readonly #entities = new Map<EntityKey, JoinedEntity>();
  readonly #begun: JoinedEntity[] = [];
  readonly #changed = new Set<JoinedRow>();
  readonly #touched = new Set<JoinedEntity>();
  readonly #newNames: EntityKey[] = [];

  constructor(kept: readonly KeptEntity[]) {
    for (const { number, names, rows } of kept) {
      const entity: JoinedEntity = { number, isNew: false, names: new Set(names), rows: new Map(), absorbed: [] };
      for (const row of rows) {
        const { provider, record_key: recordKey, mark } = row;
        entity.rows.set(`${provider} ${recordKey}`, { kept: row, incoming: null, recordKey, mark });
      }
      for (const name of names) this.#entities.set(name, entity);
    }
  }

  /** The entity of a key; `undefined` for an unknown key. */
  entityOf(name: EntityKey): JoinedEntity | undefined {
    return this.#entities.get(name);
  }

  /** The entities with a record that changed. */
  get touched(): readonly JoinedEntity[] {
    return [...this.#touched].filter((entity) => entity.rows.size > 0 && this.#isAlive(entity));
  }

  /** The rows to write, in the order of `add`. */
  get changedRows(): readonly (JoinedRow & { readonly incoming: IncomingRecord })[] {
    return [...this.#changed].filter(hasIncoming);
  }

  /** Keys that are new. */
  get newNames(): readonly EntityKey[] {
    return this.#newNames;
  }

  /** Adds a record, unless a newer one is there. */
  add(incoming: IncomingRecord): void {
    const recordKey = recordKeyOf(incoming);
    const entity = this.#entityNamed(incoming.keys);
    const { rows } = entity;
    const name = `${incoming.provider} ${recordKey}`;
    const row = rows.get(name) ?? { kept: null, incoming: null, recordKey, mark: NaN };
    if (!isNewer(incoming, row)) return;
    row.incoming = incoming;
    rows.set(name, row);
    this.#changed.add(row);
    this.#touched.add(entity);
  }

  /** Makes sure that an employer has an entity, even without records. */
  addEmployer(employer: EntityKey): void {
    this.#entityNamed([employer]);
  }

  /** Draws numbers for new entities and marks for new rows, both in the order of `add`. */
  draw(drawn: (count: number) => number): void {
    const begun = this.#begun.filter((entity) => this.#isAlive(entity));
    const firstNumber = drawn(begun.length);
    begun.forEach((entity, i) => (entity.number = firstNumber + i));
    const rows = [...this.#changed].filter(({ kept }) => kept === null);
    const firstMark = drawn(rows.length);
    rows.forEach((row, i) => (row.mark = firstMark + i));
  }

  #entityNamed(names: readonly EntityKey[]): JoinedEntity {
    let entity: JoinedEntity | undefined;
    for (const name of names) {
      const found = this.#entities.get(name);
      if (found && found !== entity) entity = entity ? this.#unite(entity, found) : found;
    }
    entity ??= this.#begin();
    for (const name of names) {
      if (this.#entities.has(name)) continue;
      this.#entities.set(name, entity);
      entity.names.add(name);
      this.#newNames.push(name);
      this.#touched.add(entity);
    }
    return entity;
  }

  #begin(): JoinedEntity {
    const entity: JoinedEntity = { number: NaN, isNew: true, names: new Set(), rows: new Map(), absorbed: [] };
    this.#begun.push(entity);
    return entity;
  }

  #unite(one: JoinedEntity, other: JoinedEntity): JoinedEntity {
    const isFirst = other.isNew || one.number < other.number;
    const [surviving, absorbed] = isFirst ? [one, other] : [other, one];
    for (const name of absorbed.names) {
      surviving.names.add(name);
      this.#entities.set(name, surviving);
    }
    for (const [name, row] of absorbed.rows) surviving.rows.set(name, row);
    this.#touched.add(surviving);
    surviving.absorbed.push(...absorbed.absorbed, ...(absorbed.isNew ? [] : [absorbed.number]));
    return surviving;
  }

  #isAlive(entity: JoinedEntity): boolean {
    const [name] = entity.names;
    return name !== undefined && this.#entities.get(name) === entity;
  }
}

function hasIncoming(row: JoinedRow): row is JoinedRow & { readonly incoming: IncomingRecord } {
  return row.incoming !== null;
}

/** Whether the record replaces the row. Equal timestamps: the greater JSON text wins, so the order of arrival cannot matter. */
function isNewer({ at, row: { fields } }: IncomingRecord, { kept, incoming }: JoinedRow): boolean {
  const before = incoming?.row ?? kept;
  if (before === null) return true;
  return at > before.fetched_at || (at === before.fetched_at && fields > before.fields);
}
