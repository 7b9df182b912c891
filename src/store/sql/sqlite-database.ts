import { setImmediate as turn, setTimeout as pause } from "node:timers/promises";
import type { Database, Writer } from "./database";
import { CommitQueue, type Transactions } from "./commit-queue";
import type { SqliteConnection } from "./sqlite-connection";
import { isLocked, withTrouble } from "./sqlite-trouble";
import { statement, type Statement } from "./statement";

/** A statement runs on so many given rows at a time, so that none blocks the process for long. */
const MOST_ROWS = 200;
/** A unit that has run for so long lets others have the process before its next statement. */
const LONGEST_RUN_MS = 2;
const LOCK_POLL_MS = 10;

/** Where a tenant's sequence stands. */
export const MARK = statement<object, { readonly value: number }>(
  "mark",
  {},
  ({ tenant }) => `select value from counter where tenant = ${tenant} and name = 'mark'`,
);

export const SET_MARK = statement<{ readonly value: number }>(
  "set mark",
  { value: "integer" },
  ({ tenant, given }) => `
    insert into counter (tenant, name, value) select ${tenant}, 'mark', value from ${given} where true
    on conflict (tenant, name) do update set value = excluded.value`,
);

const WORDS = ["begin immediate", "commit", "rollback", "savepoint unit", "release unit", "rollback to unit"] as const;

const CLOSED = "the database is closed";

/** What this process knows of a tenant's sequence. */
interface Standing {
  readonly mark: number;
  readonly epoch: number;
}

/**
 * Embedded SQLite. One connection writes; another reads what is committed, and never waits for the first. A database in memory
 * has but one: there, reads wait until a transaction is over.
 */
export class SqliteDatabase implements Database {
  readonly #queue: CommitQueue;
  readonly #standings = new Map<string, Standing>();
  #epochs = 0;
  #isClosed = false;

  /** @param lockWaitMs how long is waited for a lock that another process holds. */
  constructor(
    private readonly writer: SqliteConnection,
    private readonly reader: SqliteConnection,
    private readonly lockWaitMs: number,
  ) {
    const onRollback = (): void => this.#standings.clear();
    const options = { isShared: this.#isShared, onRollback, lockWaitMs };
    this.#queue = new CommitQueue(new SqliteTransactions(writer, options));
  }

  async read<Given extends object, Row>(
    wanted: Statement<Given, Row>,
    tenant: string,
    given: readonly Given[],
  ): Promise<readonly Row[]> {
    if (this.#isClosed) throw new Error(CLOSED);
    if (this.#isShared) await this.#queue.idle();
    const rows: Row[] = [];
    for (const some of chunksOf(given)) {
      rows.push(...(await unlocked(this.lockWaitMs, () => this.reader.rows(wanted, tenant, some))));
    }
    return rows;
  }

  async writing<T>(tenant: string, work: (writer: Writer) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new Error(CLOSED);
    try {
      return await this.#queue.add(() => this.#unit(tenant, work));
    } catch (error) {
      throw withTrouble(error);
    }
  }

  /** What was begun ends first; what comes later is refused. */
  async destroy(): Promise<void> {
    await this.#queue.idle();
    this.#isClosed = true;
    if (!this.#isShared) this.reader.close();
    this.writer.close();
  }

  async #unit<T>(tenant: string, work: (writer: Writer) => Promise<T>): Promise<T> {
    const standing = this.#standingOf(tenant);
    this.#standings.delete(tenant); // for good, where the unit fails
    const writer = new SqliteWriter(this.writer, tenant, standing, this.#isShared);
    const result = await work(writer);
    await writer.finish();
    this.#standings.set(tenant, { mark: writer.mark, epoch: standing.epoch });
    return result;
  }

  get #isShared(): boolean {
    return this.reader === this.writer;
  }

  /** As it is in the database: where that is not where this process left it, somebody else wrote. */
  #standingOf(tenant: string): Standing {
    const [row] = this.writer.rows(MARK, tenant, [{}]);
    if (!row) this.writer.change(SET_MARK, tenant, [{ value: 0 }]); // whoever is written of has a sequence
    const mark = row?.value ?? 0;
    const known = this.#standings.get(tenant);
    if (known?.mark === mark) return known;
    this.#epochs += 1;
    return { mark, epoch: this.#epochs };
  }
}

class SqliteWriter implements Writer {
  readonly epoch: number;
  #mark: number;
  readonly #before: number;
  #turnedAt = performance.now();

  constructor(
    private readonly connection: SqliteConnection,
    readonly tenant: string,
    { mark, epoch }: Standing,
    private readonly isShared: boolean,
  ) {
    this.epoch = epoch;
    this.#mark = mark;
    this.#before = mark;
  }

  get mark(): number {
    return this.#mark;
  }

  async rows<Given extends object, Row>(
    wanted: Statement<Given, Row>,
    given: readonly Given[],
  ): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for (const some of chunksOf(given)) {
      await this.#pace();
      rows.push(...this.connection.rows(wanted, this.tenant, some));
    }
    return rows;
  }

  async change<Given extends object>(wanted: Statement<Given, never>, given: readonly Given[]): Promise<number> {
    let changed = 0;
    for (const some of chunksOf(given)) {
      await this.#pace();
      changed += this.connection.change(wanted, this.tenant, some);
    }
    return changed;
  }

  draw(count: number): number {
    const first = this.#mark + 1;
    this.#mark += count;
    return first;
  }

  async finish(): Promise<void> {
    if (this.#mark !== this.#before) await this.change(SET_MARK, [{ value: this.#mark }]);
  }

  async #pace(): Promise<void> {
    if (this.isShared || performance.now() - this.#turnedAt < LONGEST_RUN_MS) return;
    await turn();
    this.#turnedAt = performance.now();
  }
}

class SqliteTransactions implements Transactions {
  readonly #run: (text: (typeof WORDS)[number]) => void;

  constructor(
    private readonly connection: SqliteConnection,
    private readonly options: {
      readonly isShared: boolean;
      readonly onRollback: () => void;
      readonly lockWaitMs: number;
    },
  ) {
    const prepared = new Map(WORDS.map((text) => [text, connection.sqlite.prepare(text)]));
    this.#run = (text) => prepared.get(text)?.run();
  }

  get isOpen(): boolean {
    return this.connection.isInTransaction;
  }

  async begin(): Promise<void> {
    if (!this.options.isShared) await turn(); // whoever is ready in this turn of the event loop comes along
    await unlocked(this.options.lockWaitMs, () => this.#run("begin immediate"));
  }

  commit(): void {
    this.#run("commit");
  }

  rollback(): void {
    this.options.onRollback();
    if (this.isOpen) this.#run("rollback");
  }

  async unit<T>(work: () => Promise<T>): Promise<T> {
    this.#run("savepoint unit");
    try {
      const result = await work();
      this.#run("release unit");
      return result;
    } catch (error) {
      if (this.isOpen) {
        this.#run("rollback to unit");
        this.#run("release unit");
      }
      throw error;
    }
  }
}

/** Waits for a lock that another process holds, without blocking this one. @throws what SQLite says, in the end. */
async function unlocked<T>(waitMs: number, work: () => T): Promise<T> {
  const giveUpAt = performance.now() + waitMs;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isLocked(error) || performance.now() >= giveUpAt) throw error;
    }
    await pause(LOCK_POLL_MS);
  }
}

function* chunksOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += MOST_ROWS) yield rows.slice(at, at + MOST_ROWS);
}
