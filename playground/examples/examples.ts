import { providers } from "../operations";
import { entities } from "./entities";
import type { ExampleGroup } from "./example";
import { lookalikes } from "./lookalikes";
import { profiles } from "./profiles";
import { recommendations } from "./recommendations";
import { network, searches } from "./searches";

const providersAndCost = `# What each provider has charged since
# a day, in credits of its own, and
# the budget of the month, past which
# it is not called. Null: no budget is
# set.
query ProvidersAndCost($since: DateTime) {
  providers {
    provider
    configured
    creditsSpent(since: $since)
    creditUnit
    creditBudget
  }
}
`;

const spending = `# Calls and credits, divided by what
# "by" lists: add DAY for each day.
query Spending($since: DateTime) {
  spending(since: $since, by: [PROVIDER, OPERATION, CLIENT, USER]) {
    provider
    operation
    client
    user
    calls
    credits
    unsettled
  }
}
`;

const status: ExampleGroup = {
  capability: "Providers and cost",
  examples: [
    {
      title: "How the providers stand",
      summary: "Configured or played, their circuits, and their last errors.",
      ...providers,
    },
    {
      title: "What they cost",
      summary: "Credits since a day, against the month's budget.",
      query: providersAndCost,
      variables: `{ "since": "2026-01-01T00:00:00Z" }`,
    },
    {
      title: "Who spent it, and for what",
      summary: "Calls and credits by provider, operation, client and user.",
      query: spending,
      variables: `{ "since": "2026-01-01T00:00:00Z" }`,
    },
  ],
};

/** Every capability of the graph. Run from top to bottom, each example finds what it needs. */
export const exampleGroups: readonly ExampleGroup[] = [
  profiles,
  recommendations,
  lookalikes,
  network,
  searches,
  entities,
  status,
];
