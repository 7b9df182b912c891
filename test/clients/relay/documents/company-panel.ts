import { graphql } from "relay-runtime";

/** More of a company, by its id alone: the compiler writes the query over `node(id:)`. */
export const CompanyPanel = graphql`
  fragment CompanyPanel_company on Company @refetchable(queryName: "CompanyPanelRefetchQuery") {
    domain
    employeeCount
  }
`;
