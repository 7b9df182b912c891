import type { Provider } from "../generated/graphql";

/** What an answer says of one provider in `extensions.credits`. */
export interface ProviderUse {
  readonly provider: Provider;
  readonly calls: number;
  readonly spent: number;
  /** How many of the provider's rows were there before. */
  readonly recorded: number;
}

/** A row of an answer, as far as its price depends on it. */
export interface PricedRow {
  readonly id: string;
  readonly provider: Provider;
  /** ISO 8601. */
  readonly recordedAt: string;
}

/** What a card has cost; `recorded`: it was there before, and cost this answer nothing. */
export type Price =
  { readonly kind: "recorded" } | { readonly kind: "paid"; readonly provider: Provider; readonly credits: number };

/** The rule, for the reader. */
export const PRICE_RULE =
  "What an answer spent with a provider is shared equally by the cards of that answer that are new from that provider. " +
  "Rows that a call fetched and that come later are then recorded, and free.";

/**
 * The prices of an answer's rows, by id. Of a provider's rows the report says how many were recorded before: those are the ones
 * that were recorded first. A row whose side cannot be told, since rows of both were recorded in the same instant, has no price.
 */
export function pricesOf(rows: readonly PricedRow[], uses: readonly ProviderUse[]): ReadonlyMap<string, Price> {
  return new Map(uses.flatMap((use) => [...pricesFrom(rows, use)]));
}

function pricesFrom(all: readonly PricedRow[], { provider, spent, recorded }: ProviderUse): ReadonlyMap<string, Price> {
  const rows = all.filter((row) => row.provider === provider).sort((one, other) => timeOf(one) - timeOf(other));
  const [lastOld, firstNew] = [rows[recorded - 1], rows[recorded]];
  const unclear = lastOld && firstNew && timeOf(lastOld) === timeOf(firstNew) ? timeOf(firstNew) : null;
  const price: Price = { kind: "paid", provider, credits: spent / (rows.length - recorded) };
  return new Map(
    rows.flatMap((row, place) =>
      timeOf(row) === unclear ? [] : [[row.id, place < recorded ? { kind: "recorded" } : price]],
    ),
  );
}

function timeOf({ recordedAt }: PricedRow): number {
  return Date.parse(recordedAt);
}
