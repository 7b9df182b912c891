import type { RequestFacts } from "../../src/graphql/context";

/** Of a request without any of the headers. */
export const NO_FACTS: RequestFacts = {
  loginToken: null,
  client: null,
  clientVersion: null,
  creditsMax: null,
  reportsCredits: false,
};
