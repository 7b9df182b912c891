import { graphql } from "../generated";

/** How many rows a page has. */
export const PAGE_SIZE = 10;

export const RecommendationsQuery = graphql(`
  query Recommendations($user: String, $providers: [Provider!], $first: Int!, $after: String) {
    recommendations(externalUserId: $user, providers: $providers, first: $first, after: $after) {
      totalCount
      issues {
        provider
        code
        message
        retryAfter
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          id
          ...RecommendationCard
        }
      }
    }
  }
`);
