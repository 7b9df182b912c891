import { graphql } from "../generated";

export const ProfilesQuery = graphql(`
  query Profiles($after: String) {
    icps(first: 50, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          id
          externalUserId
          ...ProfileSummary
        }
      }
    }
  }
`);
