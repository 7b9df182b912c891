import { setImmediate as turn, setTimeout as pause } from "node:timers/promises";
import { StoreError } from "../../domain/errors";
import type { TenantId } from "../../domain/tenant-id";
import type { Database, Writer } from "./database";
import { CommitQueue, type Transactions } from "./commit-queue";
import type { SqliteConnection } from "./sqlite-connection";
import type { LogSync } from "./log-sync";
import type { Processes } from "./processes";
import { isLocked, withTrouble } from "./sqlite-trouble";
import { MARK, SET_MARK } from "./sequence";
import { chunksOf, type Statement } from "./statement";

/** A unit that has run for this long yields to the event loop before its next statement. */
const LONGEST_RUN_MS = 2;
const LOCK_POLL_MS = 10;

const WORDS = ["begin immediate", "commit", "rollback", "savepoint unit", "release unit", "rollback to unit"] as const;

const CLOSED = "the database is closed";

/** How often it is looked for writes of other processes; one takes some microseconds. */
const LOOK_MS = 1_000;

/** The last number of a tenant's sequence, as this process left it. */
interface KnownSequence {
  readonly mark: number;
  readonly epoch: number;
}

/**
 * Embedded SQLite. One connection writes; another reads committed data, and never waits for the first. A database in memory
 * has one connection: its reads wait until a transaction is over.
 */
export class SqliteDatabase implements Database, Pick<Processes, "onWrite"> {
  readonly #queue: CommitQueue;
  readonly #transactions: SqliteTransactions;
  readonly #sequences = new Map<TenantId, KnownSequence>();
  #epochs = 0;
  #isClosed = false;
  #looking: NodeJS.Timeout | null = null;

  /**
   * @param lockWaitMs longest wait for a lock that another process holds.
   * @param log puts what was committed on the disk; `null` for a database in memory.
   */
  constructor(
    private readonly writer: SqliteConnection,
    private readonly reader: SqliteConnection,
    private readonly lockWaitMs: number,
    log: LogSync | null,
  ) {
    const onRollback = (): void => this.#sequences.clear();
    const options = { isShared: this.#isShared, onRollback, lockWaitMs, log };
    this.#transactions = new SqliteTransactions(writer, options);
    this.#queue = new CommitQueue(this.#transactions);
  }

  async read<Given extends object, Row>(
    wanted: Statement<Given, Row>,
    tenant: TenantId,
    given: readonly Given[],
  ): Promise<readonly Row[]> {
    if (this.#isClosed) throw new Error(CLOSED);
    if (this.#isShared) await this.#queue.idle();
    const rows: Row[] = [];
    for (const some of chunksOf(given)) {
      rows.push(...(await unlocked(this.lockWaitMs, () => this.reader.rows(wanted, tenant, some))));
    }
    await this.#transactions.written(); // what is not on the disk yet could still be lost
    return rows;
  }

  async writing<T>(tenant: TenantId, work: (writer: Writer) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new Error(CLOSED);
    try {
      return await this.#queue.add(() => this.#unit(tenant, work));
    } catch (error) {
      throw withTrouble(error);
    }
  }

  /** Other processes that write are commands: they are rare, and any of them may have forgotten a person. */
  onWrite: Processes["onWrite"] = (listener) => {
    let seen = this.#dataVersion;
    this.#looking = setInterval(() => {
      const found = this.#dataVersion;
      if (found === seen) return;
      seen = found;
      listener(null, true, null);
    }, LOOK_MS).unref();
  };

  /** Waits for running units; later calls are rejected. */
  async destroy(): Promise<void> {
    if (this.#looking) clearInterval(this.#looking);
    await this.#queue.idle();
    this.#isClosed = true;
    if (!this.#isShared) this.reader.close();
    this.writer.close();
  }

  async #unit<T>(tenant: TenantId, work: (writer: Writer) => Promise<T>): Promise<T> {
    const sequence = this.#standingOf(tenant);
    this.#sequences.delete(tenant); // stays deleted if the unit fails
    const writer = new SqliteWriter(this.writer, tenant, sequence, this.#isShared);
    const result = await work(writer);
    await writer.finish();
    this.#sequences.set(tenant, { mark: writer.mark, epoch: sequence.epoch });
    return result;
  }

  /** Changes with every commit of another process. @see SQLite, "PRAGMA data_version", read 2026-11-30. */
  get #dataVersion(): number {
    const [row] = this.writer.sqlite.prepare("pragma data_version").all() as { readonly data_version: number }[];
    return row?.data_version ?? 0;
  }

  get #isShared(): boolean {
    return this.reader === this.writer;
  }

  /** The number in the database. If it differs from the one of this process, another process wrote. */
  #standingOf(tenant: TenantId): KnownSequence {
    const [row] = this.writer.rows(MARK, tenant, [{}]);
    if (!row) this.writer.change(SET_MARK, tenant, [{ value: 0 }]); // every tenant with data has a sequence
    const mark = row?.value ?? 0;
    const known = this.#sequences.get(tenant);
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
    readonly tenant: TenantId,
    { mark, epoch }: KnownSequence,
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

  /** Other processes see that something was written, and drop everything. */
  tellForgotten(): void {
    this.draw(1);
  }

  /** They drop everything after every write of another process. */
  replaces(): void {}

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
  #written: Promise<void> | null = null;

  constructor(
    private readonly connection: SqliteConnection,
    private readonly options: {
      readonly isShared: boolean;
      readonly onRollback: () => void;
      readonly lockWaitMs: number;
      readonly log: LogSync | null;
    },
  ) {
    const prepared = new Map(WORDS.map((text) => [text, connection.sqlite.prepare(text)]));
    this.#run = (text) => prepared.get(text)?.run();
  }

  get isOpen(): boolean {
    return this.connection.isInTransaction;
  }

  async begin(): Promise<void> {
    if (!this.options.isShared) await turn(); // units that are ready in this turn of the event loop are committed together
    if (this.options.log?.hasFailed) this.#moveLog(this.options.log);
    await unlocked(this.options.lockWaitMs, () => this.#run("begin immediate"));
  }

  commit(): void {
    this.#run("commit");
    const written = this.options.log?.written().finally(() => {
      if (this.#written === written) this.#written = null;
    });
    this.#written = written ?? null;
    written?.catch(() => this.options.onRollback()); // callers get the error from `written`
  }

  written(): Promise<void> | null {
    return this.#written;
  }

  rollback(): void {
    this.options.onRollback();
    if (this.isOpen) this.#run("rollback");
  }

  /** Has SQLite write what is in the log to the database itself, and wait for the disk. @throws the disk still reports an error. */
  #moveLog(log: LogSync): void {
    const [row] = this.connection.sqlite.prepare("pragma wal_checkpoint(truncate)").all() as {
      readonly busy: number;
    }[];
    if (row?.busy !== 0) throw new StoreError("disk", "The database cannot be written: its disk reported an error.");
    log.clearFailure();
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

/** Repeats `work` while another process holds the lock, without blocking this one. @throws the error of SQLite after `waitMs`. */
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
