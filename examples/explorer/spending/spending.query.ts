import { graphql } from "../generated";

/** What was spent, by day and by who spent it, and what one credit of each provider is. */
export const SpendingQuery = graphql(`
  query Spending($since: DateTime!) {
    byDay: spending(since: $since, by: [PROVIDER, DAY]) {
      provider
      day
      calls
      credits
      unsettled
    }
    bySpender: spending(since: $since, by: [PROVIDER, OPERATION, CLIENT, USER]) {
      provider
      operation
      client
      user
      calls
      credits
      unsettled
    }
    providers {
      provider
      creditUnit
    }
  }
`);

/** The same by everything at once, for a spreadsheet. */
export const SpendingRowsQuery = graphql(`
  query SpendingRows($since: DateTime!) {
    spending(since: $since, by: [DAY, PROVIDER, OPERATION, CLIENT, USER]) {
      day
      provider
      operation
      client
      user
      calls
      credits
      unsettled
    }
  }
`);
