import type { Pool } from "pg";

/** The tables that may have many rows. */
const GROWING = [
  ...["record", "entity_key", "feed", "feed_item", "icp", "provider_call", "charge", "spending"],
  ...["dropped_feed", "lease", "shared_state"],
];

/** Once a table was analysed with so many rows, its statistics do until PostgreSQL analyses it by itself. */
const ENOUGH_ROWS = 30;
/** The first look, in rows written; the next ones come each time the rows written have grown by an eighth. */
const FIRST_LOOK = 200;
const GROWTH = 1 + 1 / 8;

/** Tables that have rows, and few or none of them when they were analysed. */
const UNKNOWN = `
  select relname as name from pg_class
  where relkind = 'r' and relnamespace = current_schema()::regnamespace and relname = any($1)
    and reltuples < $2 and pg_relation_size(oid) > 0`;

/**
 * Has a new database analysed while it gets its first rows. Autovacuum does so after a minute; until then PostgreSQL takes every tenant
 * for four rows, and reads all that the tenant has to find one row.
 *
 * @see PostgreSQL 18, "ANALYZE", read 2026-12-01.
 */
export class PostgresStatistics {
  #written = 0;
  #nextLook = FIRST_LOOK;
  #looking: Promise<void> | null = null;

  constructor(private readonly pool: Pick<Pool, "query">) {}

  /** Counts rows that were committed. Returns at once. */
  count(rows: number): void {
    this.#written += rows;
    if (this.#written < this.#nextLook || this.#looking) return;
    this.#nextLook = this.#written * GROWTH;
    this.#looking = this.#look().finally(() => (this.#looking = null));
  }

  /** Resolves when no analysis is under way. */
  async idle(): Promise<void> {
    await this.#looking;
  }

  /** Never rejects: if the database is away, the next statement tells, and the next look is made all the same. */
  async #look(): Promise<void> {
    try {
      const { rows } = await this.pool.query<{ readonly name: string }>(UNKNOWN, [GROWING, ENOUGH_ROWS]);
      const names = rows.map(({ name }) => name).join(", ");
      if (names !== "") await this.pool.query(`analyze (skip_locked) ${names}`);
    } catch {
      return;
    }
  }
}
