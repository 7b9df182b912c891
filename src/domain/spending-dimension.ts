/** What the sums of a spending report can be divided by. */
export const SPENDING_DIMENSIONS = ["PROVIDER", "DAY", "OPERATION", "CLIENT", "USER"] as const;

export type SpendingDimension = (typeof SPENDING_DIMENSIONS)[number];
