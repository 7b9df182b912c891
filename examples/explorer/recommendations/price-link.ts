import { ApolloLink } from "@apollo/client";
import { useSyncExternalStore } from "react";
import { tap } from "rxjs";
import { pricesOf, type Price, type PricedRow, type ProviderUse } from "./prices";

/** By the recommendation's id; the first answer that brought it counts. */
const prices = new Map<string, Price>();
const listeners = new Set<() => void>();

/** Notes the prices of the recommendations in every answer. */
export const priceLink = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    tap(({ data, extensions }) => {
      const uses = usesIn(extensions);
      if (uses) note(pricesOf(rowsIn(data), uses));
    }),
  ),
);

/** What a recommendation has cost; `undefined` where that is not known. */
export function usePrice(id: string): Price | undefined {
  return useSyncExternalStore(subscribe, () => prices.get(id));
}

function note(added: ReadonlyMap<string, Price>): void {
  for (const [id, price] of added) if (!prices.has(id)) prices.set(id, price);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function usesIn(extensions: unknown): readonly ProviderUse[] | undefined {
  const { credits } = (extensions ?? {}) as { readonly credits?: { readonly providers: readonly ProviderUse[] } };
  return credits?.providers;
}

/** The rows of the answer to the query of recommendations; none in other answers. */
function rowsIn(data: unknown): readonly PricedRow[] {
  interface Answer {
    readonly recommendations?: { readonly edges?: readonly { readonly node: PricedRow }[] } | null;
  }
  return ((data ?? {}) as Answer).recommendations?.edges?.map(({ node }) => node) ?? [];
}
