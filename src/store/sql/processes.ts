/** The other processes that use the same database. */
export interface Processes {
  /** How often a work had to wait, since another process ran one under the same name. */
  readonly leaseWaits: number;
  /**
   * Calls `listener` after another process wrote data of a tenant, well within 100 ms of its commit; with `null` where writes of any
   * tenant may have been missed. `hasForgotten`: a person was forgotten, or may have been.
   */
  readonly onWrite: (listener: (tenant: string | null, hasForgotten: boolean) => void) => void;
  /** Runs `work` while no other process runs one under the same name. Does not keep apart works of this process. */
  exclusively<T>(tenant: string, name: string, work: () => Promise<T>): Promise<T>;
}
