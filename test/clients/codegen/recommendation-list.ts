import { graphql } from "../documents";
import type { RecommendationListQuery } from "../documents/graphql";
import { recommendationCard } from "./recommendation-card";

export const RecommendationList = graphql(`
  query RecommendationList($user: String!, $providers: [Provider!], $first: Int!, $after: String) {
    recommendations(externalUserId: $user, providers: $providers, first: $first, after: $after) {
      issues {
        provider
        code
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

/** What a screen shows of a page: a line a row, then what could not be had, then whether there may be more. */
export function recommendationList({ recommendations }: RecommendationListQuery): readonly string[] {
  if (!recommendations) return ["nothing to show"];
  return [
    ...recommendations.edges.map(({ node }) => recommendationCard(node)),
    ...recommendations.issues.map(({ provider, code }) => `without ${provider}: ${code}`),
    recommendations.pageInfo.hasNextPage ? "more" : "the end",
  ];
}
