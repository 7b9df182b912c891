import type { EntityKey } from "../../domain/entity-key";
import type { RecordRow } from "./entity-rows";
import { recordKeyOf, type Told } from "./told";

/** A record of an entity: as it is kept, as it is told now, or both where what is told now replaces what is kept. */
export interface JoinedRow {
  readonly kept: RecordRow | null;
  told: Told | null;
  readonly recordKey: string;
  /** `NaN` in a row that is new, until its mark is drawn. */
  mark: number;
}

/** An entity while records are joined. */
export interface JoinedEntity {
  /** `NaN` in one that is new, until its number is drawn. */
  number: number;
  readonly isNew: boolean;
  readonly names: Set<EntityKey>;
  /** By provider and record key. */
  readonly rows: Map<string, JoinedRow>;
  /** Numbers of entities that became one with this one. */
  readonly absorbed: number[];
}

/** An entity as it is kept. */
export interface KeptEntity {
  readonly number: number;
  readonly names: readonly EntityKey[];
  readonly rows: readonly RecordRow[];
}

/**
 * Joins what records say is one entity. Records that share a name share an entity; where entities that were apart become one, the
 * oldest number survives. A record replaces an older one of its provider that names the entity alike and tells the same fields;
 * one that tells less replaces nothing. A record keeps its first mark, so that its place in lists stays.
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
        entity.rows.set(`${provider} ${recordKey}`, { kept: row, told: null, recordKey, mark });
      }
      for (const name of names) this.#entities.set(name, entity);
    }
  }

  /** The entity of a name that was kept or told; `undefined` for another name. */
  entityOf(name: EntityKey): JoinedEntity | undefined {
    return this.#entities.get(name);
  }

  /** Entities of which something is recorded that reads differently now. */
  get touched(): readonly JoinedEntity[] {
    return [...this.#touched].filter((entity) => entity.rows.size > 0 && this.#isAlive(entity));
  }

  /** Rows that are to be written, in the order in which they were told. */
  get changedRows(): readonly (JoinedRow & { readonly told: Told })[] {
    return [...this.#changed].filter(isTold);
  }

  /** Names that were not kept. */
  get newNames(): readonly EntityKey[] {
    return this.#newNames;
  }

  tell(told: Told): void {
    const recordKey = recordKeyOf(told);
    const entity = this.#entityNamed(told.keys);
    const { rows } = entity;
    const name = `${told.provider} ${recordKey}`;
    const row = rows.get(name) ?? { kept: null, told: null, recordKey, mark: NaN };
    if (!isNewer(told, row)) return;
    row.told = told;
    rows.set(name, row);
    this.#changed.add(row);
    this.#touched.add(entity);
  }

  /** Names an employer, of whom nothing may be recorded yet. */
  employ(employer: EntityKey): void {
    this.#entityNamed([employer]);
  }

  /** Draws the numbers of new entities and the marks of new rows, both in the order in which they were told. */
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

function isTold(row: JoinedRow): row is JoinedRow & { readonly told: Told } {
  return row.told !== null;
}

/** The later one counts. At equal times the greater JSON text does, so that the order of arrival cannot matter. */
function isNewer({ at, row: { fields } }: Told, { kept, told }: JoinedRow): boolean {
  const before = told?.row ?? kept;
  if (before === null) return true;
  return at > before.fetched_at || (at === before.fetched_at && fields > before.fields);
}
