/** The transactions of a database. */
export interface Transactions {
  begin(): Promise<void>;
  /** Others see what was written since `begin`. */
  commit(): Promise<void> | void;
  /** Resolves once everything that was committed is on the disk; `null`: it is. */
  written(): Promise<void> | null;
  /** Rolls back everything since `begin`; does nothing where the database has done so already. */
  rollback(): Promise<void> | void;
  /** Whether a transaction is open. */
  readonly isOpen: boolean;
  /** Runs one unit within the transaction. If it throws, its writes are rolled back and those of the other units stay. */
  unit<T>(work: () => Promise<T>): Promise<T>;
}

interface Unit {
  /** Resolves with a function that informs the caller, to be called after the commit. */
  readonly run: () => Promise<() => void>;
  readonly reject: (error: unknown) => void;
}

/** Maximum number of units in one transaction, so that none waits long for the others. */
const MOST_UNITS = 32;

/**
 * Runs units of work one after the other, in the order of arrival. Units that are ready at the same time are committed
 * together, and the next ones run while these wait for the disk.
 */
export class CommitQueue {
  readonly #waiting: Unit[] = [];
  #running: Promise<void> | null = null;
  /** Confirms what was committed last. */
  #confirming: Promise<void> | null = null;

  constructor(private readonly transactions: Transactions) {}

  /** Resolves when no unit runs or waits. */
  async idle(): Promise<void> {
    while (this.#running ?? this.#confirming) await (this.#running ?? this.#confirming);
  }

  /**
   * Runs `work` in a transaction. Resolves with its result once what it wrote is on the disk; rejects where nothing was written,
   * or where the disk reports an error.
   */
  add<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const run = async (): Promise<() => void> => {
        const result = await this.transactions.unit(work);
        return () => resolve(result);
      };
      this.#waiting.push({ run, reject });
      this.#running ??= this.#runAll();
    });
  }

  async #runAll(): Promise<void> {
    await Promise.resolve(); // units that are added in the same tick are committed together
    while (this.#waiting.length > 0) await this.#commitTogether();
    this.#running = null;
  }

  async #commitTogether(): Promise<void> {
    const units: Unit[] = [];
    const settled: (() => void)[] = [];
    try {
      await this.transactions.begin();
      for (let unit = this.#waiting.shift(); unit; unit = this.#waiting.shift()) {
        units.push(unit);
        settled.push(await this.#attempt(unit));
        if (units.length === MOST_UNITS) break;
      }
      await this.transactions.commit();
    } catch (error) {
      await this.transactions.rollback();
      const affected = units.length > 0 ? units : this.#waiting.splice(0);
      for (const { reject } of affected) reject(error);
      return;
    }
    this.#confirm(units, settled);
  }

  /** Tells the callers of units that were committed. */
  #confirm(units: readonly Unit[], settled: readonly (() => void)[]): void {
    const settleAll = (): void => {
      for (const settle of settled) settle();
    };
    const written = this.transactions.written();
    if (!written) {
      settleAll();
      return;
    }
    const rejectAll = (error: unknown): void => {
      for (const { reject } of units) reject(error);
    };
    const confirming = written.then(settleAll, rejectAll).finally(() => {
      if (this.#confirming === confirming) this.#confirming = null;
    });
    this.#confirming = confirming;
  }

  async #attempt({ run, reject }: Unit): Promise<() => void> {
    try {
      return await run();
    } catch (error) {
      if (!this.transactions.isOpen) throw error; // the database has rolled back the whole transaction
      return () => reject(error);
    }
  }
}
