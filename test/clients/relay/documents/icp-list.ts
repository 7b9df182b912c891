import { graphql } from "relay-runtime";

export const IcpListQuery = graphql`
  query IcpListQuery($count: Int!) {
    ...IcpList_query @arguments(count: $count)
  }
`;

export const IcpList = graphql`
  fragment IcpList_query on Query
  @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" })
  @refetchable(queryName: "IcpListPageQuery") {
    icps(first: $count, after: $cursor) @connection(key: "IcpList_icps") {
      __id
      edges {
        node {
          externalUserId
        }
      }
    }
  }
`;

/** A new profile joins the lists on screen without another request; one that they have already stays where it is. */
export const IcpListSaveMutation = graphql`
  mutation IcpListSaveMutation($input: UpsertICPInput!, $connections: [ID!]!) {
    upsertICP(input: $input) {
      icp @appendNode(connections: $connections, edgeTypeName: "ICPEdge") {
        id
        externalUserId
        companies {
          industries
        }
      }
      userErrors {
        field
        code
      }
    }
  }
`;
