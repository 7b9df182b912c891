/** What a database does for units of work that are committed together. */
export interface Transactions {
  begin(): Promise<void>;
  /** Resolves once everything since `begin` is on the disk. */
  commit(): void;
  /** Takes back everything since `begin`; does nothing where the database has done so already. */
  rollback(): void;
  /** Whether a transaction is under way. */
  readonly isOpen: boolean;
  /** Runs one unit within the transaction. Where it throws, what it wrote is taken back, and the other units stand. */
  unit<T>(work: () => Promise<T>): Promise<T>;
}

interface Unit {
  /** Resolves with what tells the caller, once the unit is committed. */
  readonly run: () => Promise<() => void>;
  readonly reject: (error: unknown) => void;
}

/** Together they wait for the disk once, and none of them waits long for the others. */
const MOST_UNITS = 32;

/** Runs units of work one after the other, in the order of arrival, and commits together those that are ready together. */
export class CommitQueue {
  readonly #waiting: Unit[] = [];
  #running: Promise<void> | null = null;

  constructor(private readonly transactions: Transactions) {}

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Runs `work` in a transaction; resolves with what it gave once that is committed, rejects where nothing of it was. */
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
    await Promise.resolve(); // units that are added at one time go together
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
      this.transactions.commit();
    } catch (error) {
      this.transactions.rollback();
      const affected = units.length > 0 ? units : this.#waiting.splice(0);
      for (const { reject } of affected) reject(error);
      return;
    }
    for (const settle of settled) settle();
  }

  async #attempt({ run, reject }: Unit): Promise<() => void> {
    try {
      return await run();
    } catch (error) {
      if (!this.transactions.isOpen) throw error; // the database has taken back the whole transaction
      return () => reject(error);
    }
  }
}
