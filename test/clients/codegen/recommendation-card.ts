import { graphql, useFragment, type FragmentType } from "../documents";

const RecommendationCard = graphql(`
  fragment RecommendationCard on Recommendation {
    score
    subject {
      __typename
      ... on Company {
        name
        employeeCount
      }
      ... on Person {
        fullName
        jobTitle
      }
    }
  }
`);

/** One line of a list. What it reads is its own affair: whoever hands it the row does not see it. */
export function recommendationCard(row: FragmentType<typeof RecommendationCard>): string {
  const { score, subject } = useFragment(RecommendationCard, row);
  const of100 = score === null ? "not scored" : `${score}/100`;
  switch (subject.__typename) {
    case "Company":
      return `${subject.name ?? "unnamed"}, ${subject.employeeCount ?? "?"} people, ${of100}`;
    case "Person":
      return `${subject.fullName ?? "unnamed"}, ${subject.jobTitle ?? "?"}, ${of100}`;
  }
}
