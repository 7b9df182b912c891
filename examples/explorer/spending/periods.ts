/** What can be looked at, with the words for it. */
export const PERIODS = { month: "This month", days: "Last 30 days" } as const;

export type Period = keyof typeof PERIODS;

const DAYS = 30;

/** Each day of the period in UTC, as budgets count them, the first one first and today last: `2026-11-30`. */
export function daysOf(period: Period, now: Date): readonly [string, ...string[]] {
  const length = period === "month" ? now.getUTCDate() : DAYS;
  const day = (back: number): string =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - back)).toISOString().slice(0, 10);
  return [day(length - 1), ...Array.from({ length: length - 1 }, (_, place) => day(length - 2 - place))];
}

/** When a day begins, as the graph takes it. */
export function startOf(day: string): string {
  return `${day}T00:00:00.000Z`;
}
