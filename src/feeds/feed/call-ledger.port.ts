import type { CallOrigin } from "../../domain/call-origin";
import type { Provider } from "../../domain/provider";
import type { TenantId } from "../../domain/tenant-id";

/** How a provider call ended: `OK`, or the code of the error. */
export type CallOutcome = "OK" | (string & {});

export interface NewCall {
  readonly id: string;
  readonly tenant: TenantId;
  readonly provider: Provider;
  readonly operation: string;
  readonly feedId: string | null;
  /** The most it can cost; counts against the budget until the call is settled. */
  readonly reservedCredits: number;
  readonly startedAt: Date;
  /** The operation that began it. */
  readonly origin: CallOrigin;
}

/** A period of one provider: from `since` on (inclusive); `null`: from the beginning. */
export interface SpentPeriod {
  readonly provider: Provider;
  readonly since: Date | null;
}

/** The ledger: stores every provider call before it is made, with the credits reserved for it, and settles it afterwards. */
export interface CallLedger {
  /**
   * Stores a call, unless it could exceed `budget` in this calendar month (UTC).
   *
   * @returns `null` if it is stored; else how many credits the budget has left.
   */
  begin(call: NewCall, budget: number | null): Promise<number | null>;
  /** How many credits of the calendar month (UTC) are charged or reserved. */
  committed(tenant: TenantId, provider: Provider, at: Date): Promise<number>;
  /**
   * Settles a call that brought no rows.
   *
   * @param credits what it cost; `null` where that is unknown: the reservation stays.
   */
  fail(call: NewCall, outcome: CallOutcome, credits: number | null, at: Date): Promise<void>;
  succeed(call: NewCall, at: Date): Promise<void>;
  /** Deletes a call that was never sent. */
  forget(call: NewCall): Promise<void>;
  /** Credits charged in each of `periods`, in their order. Two statements for all. */
  spent(tenant: TenantId, periods: readonly SpentPeriod[]): Promise<readonly number[]>;
}
