import { upsertICP } from "../operations";
import { lookalikeUser, type ExampleGroup } from "./example";

const upsertICPWithExamples = `# An ICP with examples: companies and
# people that are already customers.
# Lusha looks for more like them;
# Surfe and Letrics go by the
# criteria. An example is named by its
# id, domain, LinkedIn address or
# Lusha's own id, as here.
mutation UpsertICPWithExamples($input: UpsertICPInput!) {
  upsertICP(input: $input) {
    icp {
      id
      externalUserId
      exampleCompanies { id name domain }
      examplePeople { id fullName }
    }
    userErrors { field code message }
    issues { provider code message }
  }
}
`;

const icpOfUser = `# The profile of one user, with
# everything it holds. Null where none
# has been saved.
query ICPOfUser($user: String!) {
  icp(externalUserId: $user) {
    id
    externalUserId
    companies {
      industries
      primaryLocations
      employeeCount { from to }
      revenue { from to }
    }
    people {
      countries
      departments
      jobTitles
      seniorities
    }
    exampleCompanies { id name domain }
    examplePeople { id fullName }
    createdAt
    updatedAt
  }
}
`;

const icps = `# Every profile there is, page by
# page, and for each of them the first
# recommendation on record or bought
# now.
query ICPs {
  icps(first: 3) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      externalUserId
      updatedAt
      recommendations(first: 1) {
        nodes { subject { __typename } company { name } }
      }
    }
  }
}
`;

const profileOptions = `# What Surfe takes in a profile, for a
# form to suggest from. Asked for once a
# day.
query ProfileOptions {
  profileOptions {
    industries
    departments
    seniorities
    regions
  }
}
`;

const deleteICP = `# Deletes the profile of one user. Its
# lists are closed: their cursors go on
# reading what is recorded. False where
# there was no profile. Saved anew, it
# has its old id.
mutation DeleteICP($user: String!) {
  deleteICP(externalUserId: $user)
}
`;

export const profiles: ExampleGroup = {
  capability: "Ideal customer profiles",
  examples: [
    {
      title: "Save a profile",
      summary: "Create or replace the profile of a user; its id stays the same.",
      ...upsertICP,
    },
    {
      title: "Save a profile with examples",
      summary: "Customers you have, for Lusha to find more of.",
      query: upsertICPWithExamples,
      variables: `{
  "input": {
    "externalUserId": "${lookalikeUser}",
    "companies": {
      "industries": ["Software"],
      "employeeCount": { "from": 11, "to": 5000 }
    },
    "exampleCompanies": [{ "lushaCompanyId": "6504" }],
    "examplePeople": [
      { "lusha": { "personId": "675851474", "companyId": "6504" } }
    ]
  }
}`,
    },
    {
      title: "The profile of a user",
      summary: "All criteria and examples.",
      query: icpOfUser,
      variables: `{ "user": "${lookalikeUser}" }`,
    },
    {
      title: "All profiles",
      summary: "A connection of profiles, each with its first recommendation.",
      query: icps,
      variables: "",
    },
    {
      title: "What a profile may hold",
      summary: "Industries, departments, seniorities and regions that Surfe takes.",
      query: profileOptions,
      variables: "",
    },
    {
      title: "Delete a profile",
      summary: "One user's; false where there is none.",
      query: deleteICP,
      variables: `{ "user": "former-user" }`,
    },
  ],
};
