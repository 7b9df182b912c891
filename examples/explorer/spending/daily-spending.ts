import type { Provider, SpendingQuery as Answer } from "../generated/graphql";

type DayRow = Answer["byDay"][number];

/** One day of a provider, also where nothing was spent on it. */
export interface DailySpending {
  readonly day: string;
  readonly calls: number;
  readonly credits: number;
  readonly unsettled: number;
}

/** A provider's spending in a period; the sums are of all its days. */
export interface ProviderSpending {
  readonly provider: Provider;
  /** What one credit is. */
  readonly creditUnit: string;
  readonly days: readonly DailySpending[];
  readonly calls: number;
  readonly credits: number;
  readonly unsettled: number;
}

/** The providers that were called in the period, each by itself: one's credit is not worth another's. */
export function spendingByProvider(
  { byDay, providers }: Pick<Answer, "byDay" | "providers">,
  days: readonly string[],
): readonly ProviderSpending[] {
  return providers.flatMap(({ provider, creditUnit }) => {
    const rows = byDay.filter((row) => row.provider === provider);
    if (rows.length === 0) return [];
    const sum = (of: (row: DayRow) => number): number => rows.reduce((all, row) => all + of(row), 0);
    return {
      provider,
      creditUnit,
      days: days.map((day) => dayOf(rows, day)),
      calls: sum(({ calls }) => calls),
      credits: sum(({ credits }) => credits),
      unsettled: sum(({ unsettled }) => unsettled),
    };
  });
}

function dayOf(rows: readonly DayRow[], day: string): DailySpending {
  const { calls, credits, unsettled } = rows.find((row) => row.day === day) ?? { calls: 0, credits: 0, unsettled: 0 };
  return { day, calls, credits, unsettled };
}
