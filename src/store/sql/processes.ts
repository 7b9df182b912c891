import type { TenantId } from "../../domain/tenant-id";
import type { Replaced } from "./replaced";

/**
 * @param tenant whose data another process wrote; `null`: writes of any tenant may have been missed.
 * @param hasForgotten whether a person was forgotten, or may have been.
 * @param replaced what was replaced of what is kept in memory; `null`: anything of the tenant.
 */
export type WriteListener = (tenant: TenantId | null, hasForgotten: boolean, replaced: Replaced | null) => void;

/** The other processes that use the same database. */
export interface Processes {
  /** How often a work had to wait, since another process ran one under the same name. */
  readonly leaseWaits: number;
  /**
   * Calls `listener` after another process replaced data of a tenant that may be kept in memory, well within 100 ms of its commit.
   */
  readonly onWrite: (listener: WriteListener) => void;
  /** Runs `work` while no other process runs one under the same name. Does not keep apart works of this process. */
  exclusively<T>(tenant: TenantId, name: string, work: () => Promise<T>): Promise<T>;
  /**
   * Resolves once every other process has dropped what the commits of this process so far have replaced; after some seconds in any
   * case. Never rejects.
   */
  caughtUp(): Promise<void>;
  /** The state of a tenant with that name, which all processes share. */
  sharedState(tenant: TenantId, name: string): SharedState;
}

/** A small state that all processes share. */
export interface SharedState {
  /**
   * Replaces the state by what `change` makes of it, and resolves with its result. `change` may be called several times; the last
   * call counts.
   *
   * @param change gets `null` where there is no state yet.
   * @throws {StoreError} the state cannot be changed now.
   */
  change<T>(change: (before: unknown) => { readonly state: object; readonly result: T }): Promise<T>;
}
