import { graphql } from "../generated";

export const ProvidersQuery = graphql(`
  query Providers($since: DateTime!) {
    providers {
      provider
      ...ProviderRow
    }
  }
`);

/** Budgets are those of a calendar month in UTC, so this is when the current one began. */
export function startOfMonth(now: Date): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth())).toISOString();
}
