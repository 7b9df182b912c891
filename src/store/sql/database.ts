import type { TenantId } from "../../domain/tenant-id";
import type { Replaced } from "./replaced";
import type { Statement } from "./statement";

/** The write access of a unit of work. */
export interface Writer {
  readonly tenant: TenantId;
  /** Runs a statement and returns its rows; none where `given` is empty. */
  rows<Given extends object, Row>(statement: Statement<Given, Row>, given: readonly Given[]): Promise<readonly Row[]>;
  /** Runs a statement that returns no rows. @returns the number of rows that were written. */
  change<Given extends object>(statement: Statement<Given, never>, given: readonly Given[]): Promise<number>;
  /** Draws `count` consecutive numbers of the tenant's sequence, and returns the first. */
  draw(count: number): number;
  /** Tells the other processes, at the commit, that a person was forgotten: nothing of them may stay in memory. */
  tellForgotten(): void;
  /**
   * Says what the unit of work replaces of what other processes have in memory. They take one that does not say it for one that
   * may have replaced anything of the tenant.
   */
  replaces(replaced: Replaced): void;
  /** Changes when another process wrote data of the tenant, or a unit failed: cached data of the tenant is then out of date. */
  readonly epoch: number;
}

/** The database. Data of different tenants is separate. */
export interface Database {
  /** Runs a statement on committed data and returns its rows; none where `given` is empty. */
  read<Given extends object, Row>(
    statement: Statement<Given, Row>,
    tenant: TenantId,
    given: readonly Given[],
  ): Promise<readonly Row[]>;
  /**
   * Runs a unit of work: all its writes are committed, or none. Units of one tenant run one after the other. Resolves when the
   * commit is on the disk; units that are ready at the same time are committed together.
   *
   * @throws {StoreError} the database cannot be written.
   */
  writing<T>(tenant: TenantId, work: (writer: Writer) => Promise<T>): Promise<T>;
  /** Finishes the waiting units, and closes the database. */
  destroy(): Promise<void>;
}
