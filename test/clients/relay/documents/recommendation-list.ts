import { graphql } from "relay-runtime";

/** Forward paging from the root: Relay repeats the query's own fields with another cursor. */
export const RecommendationListQuery = graphql`
  query RecommendationListQuery($user: String!, $count: Int!) {
    ...RecommendationList_query @arguments(user: $user, count: $count)
  }
`;

export const RecommendationList = graphql`
  fragment RecommendationList_query on Query
  @argumentDefinitions(user: { type: "String!" }, count: { type: "Int!" }, cursor: { type: "String" })
  @refetchable(queryName: "RecommendationListPageQuery") {
    recommendations(externalUserId: $user, first: $count, after: $cursor)
      @connection(key: "RecommendationList_recommendations") {
      totalCount
      edges {
        node {
          id
          company {
            id
            name
          }
        }
      }
    }
  }
`;
