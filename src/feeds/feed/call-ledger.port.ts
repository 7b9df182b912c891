import type { Provider } from "../../domain/provider";

/** How a provider call ended: `OK`, or the code of the error. */
export type CallOutcome = "OK" | (string & {});

export interface NewCall {
  readonly id: string;
  readonly tenant: string;
  readonly provider: Provider;
  readonly operation: string;
  readonly feedId: string | null;
  /** The most it can cost; counts against the budget until the call is settled. */
  readonly reservedCredits: number;
  readonly startedAt: Date;
}

/** A period of one provider: from `since` on (inclusive); `null`: from the beginning. */
export interface SpentPeriod {
  readonly provider: Provider;
  readonly since: Date | null;
}

/** The ledger: stores every provider call before it is made, with the credits reserved for it, and settles it afterwards. */
export interface CallLedger {
  /** Stores a call. @returns false, and stores nothing, if it could exceed `budget` in this calendar month (UTC). */
  begin(call: NewCall, budget: number | null): Promise<boolean>;
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
  spent(tenant: string, periods: readonly SpentPeriod[]): Promise<readonly number[]>;
}
