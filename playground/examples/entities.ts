import { entityById } from "../operations";
import type { ExampleGroup } from "./example";

const entitiesById = `# Several at once, in the order asked
# for. An id that is not known is
# null, never an error. The playground
# fills in {{companyId}}, so run one
# of the above first.
query EntitiesById($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Company { name domain }
    ... on Person { fullName jobTitle }
    ... on ICP { externalUserId }
    ... on Recommendation { providers }
  }
}
`;

const companyByDomain = `# A company by its domain, among all
# that is recorded: the merge of what
# every provider said, with who works
# there and what recommended it. The
# playground fills in
# {{companyDomain}} from the last
# answer that held one.
query CompanyByDomain($domain: String!) {
  company(domain: $domain) {
    id
    name
    domain
    linkedinUrl
    description
    industries
    technologies
    employeeCount
    employeeRange
    headquarters { locality region country }
    people(first: 5) {
      totalCount
      nodes { id fullName jobTitle seniorities }
    }
    recommendations(first: 5) {
      nodes { provider recordedAt reasons { title } }
    }
    sources { provider providerId fetchedAt fields }
  }
}
`;

const personByLinkedinUrl = `# A person by their LinkedIn address,
# however it is written. The
# playground fills in
# {{personLinkedinUrl}}, so run the
# example NetworkRecommendations
# first.
query PersonByLinkedinUrl($url: String!) {
  person(linkedinUrl: $url) {
    id
    fullName
    headline
    jobTitle
    country
    emails
    company { id name domain }
    recommendations(first: 5) {
      nodes { provider recordedAt reasons { title } }
    }
    sources { provider providerId fetchedAt fields }
  }
}
`;

export const entities: ExampleGroup = {
  capability: "Companies and people",
  examples: [
    {
      title: "An entity by its id",
      summary: "Any node of the graph, and which provider each fact comes from.",
      ...entityById,
    },
    {
      title: "Several by their ids",
      summary: "Of any type, in the order asked for.",
      query: entitiesById,
      variables: `{ "ids": ["{{companyId}}", "an id that is not known"] }`,
    },
    {
      title: "A company by its domain",
      summary: "Everything recorded of it, its people and its recommendations.",
      query: companyByDomain,
      variables: `{ "domain": "{{companyDomain}}" }`,
    },
    {
      title: "A person by LinkedIn address",
      summary: "Everything recorded of them, and where they work.",
      query: personByLinkedinUrl,
      variables: `{ "url": "{{personLinkedinUrl}}" }`,
    },
  ],
};
