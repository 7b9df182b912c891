import type { Pool } from "pg";
import type { TenantId } from "../../domain/tenant-id";
import { CommitQueue } from "./commit-queue";
import type { Database, Writer } from "./database";
import type { PostgresChannel } from "./postgres-channel";
import { PostgresConfirmations } from "./postgres-confirmations";
import { run } from "./postgres-connection";
import { PostgresLeases } from "./postgres-leases";
import { PostgresSharedState } from "./postgres-shared-state";
import { PostgresStatistics } from "./postgres-statistics";
import { PostgresTransactions } from "./postgres-transactions";
import { withPostgresTrouble } from "./postgres-trouble";
import type { Processes } from "./processes";
import { SilentConnections } from "./silent-connections";
import type { Statement } from "./statement";

const CLOSED = "the database is closed";

interface TenantQueue {
  readonly transactions: PostgresTransactions;
  readonly queue: CommitQueue;
}

/**
 * PostgreSQL. Reads take any connection of the pool. Units of work of one tenant share one connection, in the order of arrival;
 * those of different tenants run at the same time.
 */
export class PostgresDatabase implements Database {
  readonly #tenants = new Map<TenantId, TenantQueue>();
  #isClosed = false;

  readonly #leases: PostgresLeases;
  readonly #confirmations: PostgresConfirmations;
  readonly #statistics: PostgresStatistics;

  constructor(
    private readonly pool: Pool,
    private readonly channel: PostgresChannel,
  ) {
    this.#leases = new PostgresLeases(pool, channel);
    this.#confirmations = new PostgresConfirmations(channel);
    this.#statistics = new PostgresStatistics(pool);
    new SilentConnections(pool, channel);
  }

  /** The other processes on this database. */
  get processes(): Processes {
    const leases = this.#leases;
    return {
      get leaseWaits() {
        return leases.waits;
      },
      onWrite: (listener) => void this.channel.listen(listener),
      exclusively: leases.exclusively,
      caughtUp: () => this.#confirmations.caughtUp(),
      sharedState: (tenant, name) => new PostgresSharedState(this.pool, tenant, name),
    };
  }

  async read<Given extends object, Row>(
    wanted: Statement<Given, Row>,
    tenant: TenantId,
    given: readonly Given[],
  ): Promise<readonly Row[]> {
    if (this.#isClosed) throw new Error(CLOSED);
    if (given.length === 0) return [];
    return (await run(this.pool, wanted, tenant, given)).rows;
  }

  async writing<T>(tenant: TenantId, work: (writer: Writer) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new Error(CLOSED);
    const { queue, transactions } = this.#of(tenant);
    try {
      return await queue.add(() => work(transactions.writer()));
    } catch (error) {
      throw withPostgresTrouble(error);
    }
  }

  /**
   * Makes the place of deleted rows free for new ones, and takes their values out of the statistics.
   *
   * @see PostgreSQL 18, "VACUUM", read 2026-11-30.
   */
  async vacuum(): Promise<void> {
    await this.pool.query("vacuum (analyze) record, entity_key, feed_item, feed, icp");
  }

  async destroy(): Promise<void> {
    const tenants = [...this.#tenants.values()];
    for (const { transactions } of tenants) transactions.end();
    await Promise.all(tenants.map(({ queue }) => queue.idle()));
    await this.#statistics.idle();
    this.#isClosed = true;
    await this.channel.end();
    await this.pool.end();
  }

  #of(tenant: TenantId): TenantQueue {
    const known = this.#tenants.get(tenant);
    if (known) return known;
    const transactions = new PostgresTransactions(this.pool, this.channel, this.#statistics, tenant);
    const made = { transactions, queue: new CommitQueue(transactions) };
    this.#tenants.set(tenant, made);
    return made;
  }
}
