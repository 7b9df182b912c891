import type { ExampleGroup } from "./example";

const networkRecommendations = `# People LinkedIn suggests to one
# account (LinkUp). Whose account it
# is tells the header
# x-linkup-login-token: see Headers
# below. Left empty, it is the
# server's own.
query NetworkRecommendations($country: ProxyCountry) {
  networkRecommendations(country: $country, first: 5) {
    issues { provider code message retryAfter }
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      person {
        id
        fullName
        headline
        linkedinUrl
      }
    }
  }
}
`;

const searchCompanies = `# Companies by filter (Letrics).
# Filters are all met; of the values
# of one filter, one is enough.
# totalCount is null where Letrics
# does not tell it.
query SearchCompanies($filter: CompanyFilter) {
  companies(filter: $filter, first: 5) {
    totalCount
    issues { provider code message }
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      name
      domain
      industries
      technologies
      locations { locality country }
    }
  }
}
`;

const searchPeople = `# People by filter (Letrics), also by
# what their company is like. Job
# titles match in part, in any case.
query SearchPeople($filter: PersonFilter) {
  people(filter: $filter, first: 5) {
    totalCount
    issues { provider code message }
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      fullName
      jobTitle
      departments
      seniorities
      isDecisionMaker
      emails
      company { id name domain }
    }
  }
}
`;

export const network: ExampleGroup = {
  capability: "LinkedIn network (LinkUp)",
  examples: [
    {
      title: "People LinkedIn suggests",
      summary: "To the account of the x-linkup-login-token header.",
      query: networkRecommendations,
      variables: `{ "country": "FR" }`,
      headers: `{
  // The account's login token at LinkUp:
  // sent with this operation, kept nowhere.
  "x-linkup-login-token": ""
}`,
    },
  ],
};

export const searches: ExampleGroup = {
  capability: "Searches (Letrics)",
  examples: [
    {
      title: "Search companies",
      summary: "By industry, technology, location, function, top-level domain and age.",
      query: searchCompanies,
      variables: `{
  "filter": {
    "industries": ["Software"],
    "technologies": ["TypeScript", "Kafka"],
    "tlds": ["com", "io", "ai"]
  }
}`,
    },
    {
      title: "Search people",
      summary: "By title, department, seniority, and by their company.",
      query: searchPeople,
      variables: `{
  "filter": {
    "jobTitles": ["sales"],
    "isDecisionMaker": true,
    "hasLinkedinProfile": true,
    "company": { "industries": ["Software"] }
  }
}`,
    },
  ],
};
