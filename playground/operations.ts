/** An operation ready to be opened in a tab; `variables` is JSON text. */
export interface SavedOperation {
  readonly query: string;
  readonly variables: string;
}

const user = "demo-user";

export const upsertICP: SavedOperation = {
  query: `# 1. Upsert an ICP: say whom "${user}" sells to.
#    Change the variables and run it again: the profile
#    is replaced, its id stays. A value that is not
#    accepted comes back in userErrors.
#    What else there is to try: "Examples", on the left.
mutation UpsertICP($input: UpsertICPInput!) {
  upsertICP(input: $input) {
    icp {
      id
      externalUserId
      companies {
        industries
        primaryLocations
        employeeCount { from to }
      }
      people {
        countries
        departments
        seniorities
      }
    }
    userErrors {
      field
      code
      message
    }
    issues {
      provider
      code
      message
    }
  }
}
`,
  variables: `{
  "input": {
    "externalUserId": "${user}",
    "companies": {
      "industries": ["Software", "SaaS"],
      "primaryLocations": ["W-EMEA"]
    },
    "people": { "countries": ["W-EMEA"] }
  }
}`,
};

const recommendedCompanies = `pageInfo {
      hasNextPage
      endCursor
    }
    issues {
      provider
      code
      message
    }
    edges {
      cursor
      node {
        id
        score
        reasons { title }
        company {
          id
          name
          domain
          industries
          employeeRange
          headquarters { locality country }
        }
        people(first: 3) {
          nodes {
            id
            fullName
            jobTitle
            linkedinUrl
          }
        }
      }
    }`;

export const companiesAndTheirPeople: SavedOperation = {
  query: `# 2. Companies and their people, in one request:
#    what is recommended for that profile, and why.
#    A provider that could not contribute is named in
#    issues; the results of the others stand.
query CompaniesAndTheirPeople($user: String!) {
  recommendations(externalUserId: $user, first: 5) {
    ${recommendedCompanies}
  }
}
`,
  variables: `{ "user": "${user}" }`,
};

export const nextPage: SavedOperation = {
  query: `# 3. The next page. The playground fills in
#    {{endCursor}} with the endCursor of the last page
#    that came back, so run tab 2 first. Run this one
#    again for the page after.
query NextPage($user: String!, $after: String!) {
  recommendations(externalUserId: $user, first: 5, after: $after) {
    ${recommendedCompanies}
  }
}
`,
  variables: `{ "user": "${user}", "after": "{{endCursor}}" }`,
};

export const entityById: SavedOperation = {
  query: `# 4. The entity by its id, and which provider each
#    fact comes from. The playground fills in
#    {{companyId}} with the first company of the last
#    answer that held one, so run tab 2 first. Or put
#    the id of a person there.
query EntityById($id: ID!) {
  node(id: $id) {
    id
    ... on Company {
      name
      domain
      description
      industries
      employeeRange
      headquarters { locality country }
      sources { provider fetchedAt fields }
    }
    ... on Person {
      fullName
      jobTitle
      linkedinUrl
      company { id name }
      sources { provider fetchedAt fields }
    }
  }
}
`,
  variables: `{ "id": "{{companyId}}" }`,
};

export const providers: SavedOperation = {
  query: `# 5. The providers: which are configured or played by
#    the sandbox, whether their circuit lets calls
#    through, and what has been spent.
query Providers {
  providers {
    provider
    configured
    sandbox
    circuit
    creditsSpent
    creditUnit
    lastErrorCode
  }
}
`,
  variables: "",
};

/** The tabs of a first visit, left to right; later visits find the tabs that GraphiQL keeps in the browser's storage. */
export const greeting = [
  upsertICP,
  companiesAndTheirPeople,
  nextPage,
  entityById,
  providers,
] as const satisfies readonly SavedOperation[];
