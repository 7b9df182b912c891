import type { Provider } from "../domain/provider";
import type { SpendingDimension } from "../domain/spending-dimension";
import type { TenantId } from "../domain/tenant-id";

export interface SpendingQuery {
  /** Inclusive; `null`: from the beginning. */
  readonly since: Date | null;
  /** Exclusive; `null`: until now. */
  readonly until: Date | null;
  /** Empty: one sum of all. */
  readonly by: readonly SpendingDimension[];
  /** Only calls for this user (`null`: for no user); left out: for all. */
  readonly ofUser?: string | null;
}

/** Provider calls that have ended, and their credits. A dimension that was not asked for is `null`. */
export interface SpendingSum {
  readonly provider: Provider | null;
  /** Calendar day (UTC), `2026-11-20`. */
  readonly day: string | null;
  readonly operation: string | null;
  readonly client: string | null;
  readonly user: string | null;
  readonly calls: number;
  readonly credits: number;
  /** Credits reserved by calls whose outcome is unknown. */
  readonly unsettled: number;
}

/** Sums up the ledger. */
export interface SpendingReport {
  /** The oldest day first; none where no call was made. */
  sums(tenant: TenantId, query: SpendingQuery): Promise<readonly SpendingSum[]>;
}
