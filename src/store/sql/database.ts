import type { Statement } from "./statement";

/** What a unit of work writes through. */
export interface Writer {
  readonly tenant: string;
  /** The rows that a statement gives; none where no rows are given to it. */
  rows<Given extends object, Row>(statement: Statement<Given, Row>, given: readonly Given[]): Promise<readonly Row[]>;
  /** Runs a statement that gives no rows. @returns how many rows it wrote. */
  change<Given extends object>(statement: Statement<Given, never>, given: readonly Given[]): Promise<number>;
  /** Draws `count` growing numbers of the tenant's sequence, the first of which is returned. */
  draw(count: number): number;
  /**
   * Changes where anything but the committed units of this process wrote to the tenant: what was remembered of its data from one
   * unit to the next is then out of date.
   */
  readonly epoch: number;
}

/** Where everything is kept. Several tenants share it, and never meet. */
export interface Database {
  /** The rows that a statement gives, of what is committed; none where no rows are given to it. */
  read<Given extends object, Row>(
    statement: Statement<Given, Row>,
    tenant: string,
    given: readonly Given[],
  ): Promise<readonly Row[]>;
  /**
   * The only way to write: all of what `work` does is committed, or nothing. Units of one tenant run one after the other.
   * Resolves once the commit is on the disk; units that are ready together are committed together.
   *
   * @throws {StoreError} the database could not be written.
   */
  writing<T>(tenant: string, work: (writer: Writer) => Promise<T>): Promise<T>;
  /** Finishes the units that are waiting, and closes. */
  destroy(): Promise<void>;
}
