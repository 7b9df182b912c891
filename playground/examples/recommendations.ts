import { companiesAndTheirPeople, nextPage } from "../operations";
import { lookalikeUser, type ExampleGroup } from "./example";

const recommendation = `issues { provider code message retryAfter }
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      provider
      providers
      score
      reasons { provider type title score }
      subject {
        __typename
        ... on Company { id name domain industries }
        ... on Person { id fullName jobTitle linkedinUrl }
      }
    }`;

const mergedRecommendations = `# One list from every provider that
# can serve the profile, each subject
# once. Providers take turns;
# "providers" tells all that
# recommended it, "issues" those that
# could not contribute, and why. Needs
# the profile of "Save a profile with
# examples".
query MergedRecommendations($user: String!) {
  recommendations(externalUserId: $user, first: 8) {
    ${recommendation}
  }
}
`;

const recommendationsOfProviders = `# The same list from some providers
# only. One that is named and cannot
# serve the profile is in "issues":
# LinkUp has none by profile.
query RecommendationsOfProviders(
  $user: String!
  $providers: [Provider!]
) {
  recommendations(
    externalUserId: $user
    providers: $providers
    first: 5
  ) {
    ${recommendation}
  }
}
`;

export const recommendations: ExampleGroup = {
  capability: "Recommendations",
  examples: [
    {
      title: "Companies and their people",
      summary: "Whom to call next, and why, in one request.",
      ...companiesAndTheirPeople,
    },
    {
      title: "The next page",
      summary: "The same list from where the last page ended.",
      ...nextPage,
    },
    {
      title: "Merged from all providers",
      summary: "Each subject once, with all that recommended it and all that failed.",
      query: mergedRecommendations,
      variables: `{ "user": "${lookalikeUser}" }`,
    },
    {
      title: "From chosen providers",
      summary: "Narrowed to some; issues name one that cannot serve.",
      query: recommendationsOfProviders,
      variables: `{ "user": "${lookalikeUser}", "providers": ["SURFE", "LINKUP"] }`,
    },
  ],
};
