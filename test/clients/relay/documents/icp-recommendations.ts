import { graphql } from "relay-runtime";

/** Paging both ways below a node: Relay reads the node again, with `node(id:)` and another cursor. */
export const IcpRecommendationsQuery = graphql`
  query IcpRecommendationsQuery(
    $user: String!
    $providers: [Provider!]
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    icp(externalUserId: $user) {
      ...IcpRecommendations_icp
        @arguments(providers: $providers, first: $first, after: $after, last: $last, before: $before)
    }
  }
`;

export const IcpRecommendations = graphql`
  fragment IcpRecommendations_icp on ICP
  @argumentDefinitions(
    providers: { type: "[Provider!]" }
    first: { type: "Int" }
    after: { type: "String" }
    last: { type: "Int" }
    before: { type: "String" }
  )
  @refetchable(queryName: "IcpRecommendationsPageQuery") {
    recommendations(providers: $providers, first: $first, after: $after, last: $last, before: $before)
      @connection(key: "IcpRecommendations_recommendations", filters: ["providers"]) {
      issues {
        provider
        code
      }
      edges {
        node {
          subject {
            ... on Company {
              name
            }
            ... on Person {
              fullName
            }
          }
        }
      }
    }
  }
`;
