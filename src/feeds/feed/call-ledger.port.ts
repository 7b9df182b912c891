import type { Provider } from "../../domain/provider";

/** How a provider call ended: an error's code, or that it brought what was asked for. */
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

/** What a provider has charged at or after `since`; `null` is since ever. */
export interface SpentPeriod {
  readonly provider: Provider;
  readonly since: Date | null;
}

/** Where every provider call is written down before it is made, and settled after. */
export interface CallLedger {
  /** Writes the call down. @returns false, and nothing written, where it could pass `budget` this calendar month (UTC). */
  begin(call: NewCall, budget: number | null): Promise<boolean>;
  /**
   * Ends a call that brought nothing to record.
   *
   * @param credits what it cost all the same; `null` where nobody can tell: its reservation then stays, unsettled.
   */
  fail(call: NewCall, outcome: CallOutcome, credits: number | null, at: Date): Promise<void>;
  succeed(call: NewCall, at: Date): Promise<void>;
  /** Takes back a call that was never sent. */
  forget(call: NewCall): Promise<void>;
  /** Credits charged in each of `periods`, in their order; all in two statements. */
  spent(tenant: string, periods: readonly SpentPeriod[]): Promise<readonly number[]>;
}
