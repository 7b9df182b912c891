import { setTimeout as pause } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import { StoreError } from "../../domain/errors";
import type { TenantId } from "../../domain/tenant-id";
import type { Transactions } from "./commit-queue";
import type { Writer } from "./database";
import type { PostgresChannel } from "./postgres-channel";
import { run } from "./postgres-connection";
import type { PostgresStatistics } from "./postgres-statistics";
import { isLost, withPostgresTrouble } from "./postgres-trouble";
import { allReplaced, isNothing, NOTHING, type Replaced } from "./replaced";
import { SET_MARK } from "./sequence";
import { chunksOf, statement, type Statement } from "./statement";

const RETRY_MS = 250;

const LOCK_MARK = statement<object, { readonly value: number; readonly transaction: number }>(
  "lock mark",
  {},
  ({ tenant }) => `
    select value, txid_current() as transaction from counter where tenant = ${tenant} and name = 'mark' for update`,
);

const BEGIN_MARK = statement<object>(
  "begin mark",
  {},
  ({ tenant }) => `
    insert into counter (tenant, name, value) values (${tenant}, 'mark', 0) on conflict (tenant, name) do nothing`,
);

/** Tells the other processes, once the transaction is committed. */
const TELL = statement<{ readonly channel: string; readonly payload: string }, { readonly told: string }>(
  "tell other processes",
  { channel: "text", payload: "text" },
  ({ given }) => `select pg_notify(given.channel, given.payload)::text as told from ${given}`,
);

/** A transaction while it is open. */
interface OpenTransaction {
  readonly client: PoolClient;
  /** PostgreSQL's number of it. */
  readonly id: number;
  /** The last number of the tenant's sequence, before and now. */
  readonly before: number;
  mark: number;
  /** What the units so far replaced; `null`: anything. */
  replaced: Replaced | null;
  /** The rows that its statements wrote. */
  rowsWritten: number;
  /** Whether a person was forgotten. */
  hasForgotten: boolean;
  isLost: boolean;
}

/** A unit of work while it runs. */
interface RunningUnit {
  hasChanged: boolean;
  hasForgotten: boolean;
  /** What it says that it replaces; `null`: it has not said it. */
  replaces: Replaced | null;
}

/**
 * The transactions of one tenant. Each takes the row of the tenant's sequence first, so that transactions of a tenant run one
 * after the other, over all processes.
 */
export class PostgresTransactions implements Transactions {
  #open: OpenTransaction | null = null;
  /** The last number of the sequence, as this process left it; `null` where it is not known. */
  #mark: number | null = null;
  #epoch = 0;
  #isEnding = false;
  #unit: RunningUnit = { hasChanged: false, hasForgotten: false, replaces: null };

  constructor(
    private readonly pool: Pool,
    private readonly channel: PostgresChannel,
    private readonly statistics: Pick<PostgresStatistics, "count">,
    private readonly tenant: TenantId,
  ) {}

  get isOpen(): boolean {
    return this.#open !== null && !this.#open.isLost;
  }

  /** Stops the waiting for transactions whose outcome is not known. */
  end(): void {
    this.#isEnding = true;
  }

  async begin(): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query("begin");
      const { value, transaction } = await lockMark(client, this.tenant);
      if (this.#mark !== value) this.#epoch += 1;
      this.#mark = null; // stays unknown if the transaction fails
      const state = {
        before: value,
        mark: value,
        replaced: NOTHING,
        rowsWritten: 0,
        hasForgotten: false,
        isLost: false,
      };
      this.#open = { client, id: transaction, ...state };
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** PostgreSQL confirms a commit once it is on the disk. */
  written(): null {
    return null;
  }

  async commit(): Promise<void> {
    const open = this.#current();
    const { tenant, channel } = this;
    const hasReplaced = !isNothing(open.replaced);
    if (hasReplaced && open.mark === open.before) open.mark += 1; // other processes see that something was written
    if (open.mark !== open.before) await run(open.client, SET_MARK, tenant, [{ value: open.mark }]);
    if (hasReplaced) {
      const payload = channel.payloadOf(tenant, open.hasForgotten, open.replaced);
      await run(open.client, TELL, tenant, [{ channel: channel.names.channel, payload }]);
    }
    try {
      await open.client.query("commit");
    } catch (error) {
      if (!isLost(error)) throw error;
      open.isLost = true;
      if (!(await this.#wasCommitted(open.id))) throw error;
    }
    this.#mark = open.mark;
    this.#release(open);
    this.statistics.count(open.rowsWritten);
  }

  async rollback(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    await this.#undo(open, "rollback");
    this.#release(open);
  }

  async unit<T>(work: () => Promise<T>): Promise<T> {
    const open = this.#current();
    const { mark } = open;
    const unit: RunningUnit = { hasChanged: false, hasForgotten: false, replaces: null };
    this.#unit = unit;
    await open.client.query("savepoint unit");
    try {
      const result = await work();
      if (unit.hasChanged) open.replaced = allReplaced(open.replaced, unit.replaces);
      open.hasForgotten ||= unit.hasForgotten;
      return result;
    } catch (error) {
      open.mark = mark;
      this.#epoch += 1;
      open.isLost ||= isLost(error);
      await this.#undo(open, "rollback to savepoint unit");
      throw error;
    }
  }

  /** The write access of the unit that runs. */
  writer(): Writer {
    const open = this.#current();
    const unit = this.#unit;
    const { tenant } = this;
    return {
      tenant,
      epoch: this.#epoch,
      rows: async <Given extends object, Row>(wanted: Statement<Given, Row>, given: readonly Given[]) => {
        const found: Row[] = [];
        for (const some of chunksOf(given)) found.push(...(await run(open.client, wanted, tenant, some)).rows);
        return found;
      },
      change: async <Given extends object>(wanted: Statement<Given, never>, given: readonly Given[]) => {
        let changed = 0;
        for (const some of chunksOf(given)) changed += (await run(open.client, wanted, tenant, some)).changed;
        unit.hasChanged ||= changed > 0;
        open.rowsWritten += changed;
        return changed;
      },
      tellForgotten: () => {
        unit.hasForgotten = true;
        unit.hasChanged = true;
      },
      replaces: (replaced) => {
        unit.replaces = replaced;
      },
      draw: (count) => {
        const first = open.mark + 1;
        open.mark += count;
        return first;
      },
    };
  }

  /**
   * Whether PostgreSQL committed a transaction whose answer was lost. Waits until PostgreSQL can be asked: what was paid for is
   * neither lost nor written twice.
   */
  async #wasCommitted(id: number): Promise<boolean> {
    while (!this.#isEnding) {
      try {
        const { rows } = await this.pool.query<{ status: string | null }>("select txid_status($1) as status", [id]);
        const status = rows[0]?.status;
        if (status !== "in progress") return status === "committed";
      } catch (error) {
        if (!(withPostgresTrouble(error) instanceof StoreError)) throw error;
      }
      await pause(RETRY_MS);
    }
    throw new Error("the database was closed before it told whether it had committed");
  }

  /** Never rejects: what a lost connection leaves is rolled back by PostgreSQL. */
  async #undo(open: OpenTransaction, text: "rollback" | "rollback to savepoint unit"): Promise<void> {
    if (open.isLost) return;
    try {
      await open.client.query(text);
    } catch {
      open.isLost = true;
    }
  }

  #current(): OpenTransaction {
    if (!this.#open) throw new Error("no transaction is open");
    return this.#open;
  }

  #release(open: OpenTransaction): void {
    this.#open = null;
    open.client.release(open.isLost);
  }
}

async function lockMark(
  client: PoolClient,
  tenant: TenantId,
): Promise<{ readonly value: number; readonly transaction: number }> {
  for (;;) {
    const [row] = (await run(client, LOCK_MARK, tenant, [{}])).rows;
    if (row) return row;
    await run(client, BEGIN_MARK, tenant, [{}]);
  }
}
