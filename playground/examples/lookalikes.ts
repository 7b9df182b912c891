import type { ExampleGroup } from "./example";

const similarCompanies = `# Companies like those you name
# (Lusha). More seeds make a narrower
# list; "exclude" leaves out those you
# have.
query SimilarCompanies(
  $companies: [CompanyReferenceInput!]!
  $exclude: [CompanyReferenceInput!]
) {
  similarCompanies(
    companies: $companies
    exclude: $exclude
    first: 5
  ) {
    issues { provider code message }
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      company { id name domain industries employeeRange }
    }
  }
}
`;

const similarPeople = `# People like those you name (Lusha):
# of the same role and seniority, at
# companies like theirs.
query SimilarPeople($people: [PersonReferenceInput!]!) {
  similarPeople(people: $people, first: 5) {
    issues { provider code message }
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      person {
        id
        fullName
        jobTitle
        company { id name }
      }
    }
  }
}
`;

const lookalikesOfCompany = `# Lookalikes from where you are: of
# the company of an earlier answer.
# Where Lusha has no name for it, the
# page is empty and an issue says so.
# The playground fills in
# {{companyId}}: run SimilarCompanies
# first.
query LookalikesOfCompany($id: ID!) {
  node(id: $id) {
    id
    ... on Company {
      name
      similarCompanies(first: 3) {
        issues { provider code message }
        nodes { company { id name domain } }
      }
    }
  }
}
`;

export const lookalikes: ExampleGroup = {
  capability: "Lookalikes (Lusha)",
  examples: [
    {
      title: "Similar companies",
      summary: "Lookalikes of a set of companies, without those you have.",
      query: similarCompanies,
      variables: `{
  "companies": [
    { "lushaCompanyId": "6504" }
  ],
  "exclude": [{ "lushaCompanyId": "9703" }]
}`,
    },
    {
      title: "Similar people",
      summary: "Lookalikes of a set of people.",
      query: similarPeople,
      variables: `{
  "people": [
    { "lusha": { "personId": "675851474", "companyId": "6504" } }
  ]
}`,
    },
    {
      title: "Lookalikes of one company",
      summary: "The same as a field of any company.",
      query: lookalikesOfCompany,
      variables: `{ "id": "{{companyId}}" }`,
    },
  ],
};
