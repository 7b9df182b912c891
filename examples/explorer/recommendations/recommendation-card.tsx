import type { ReactElement } from "react";
import { graphql, readFragment, type FragmentType } from "../generated";
import { ProviderBadge } from "../providers/provider-badge";
import { CardPrice } from "./card-price";
import { CompanyCard } from "./company-card";
import { PersonCard } from "./person-card";
import { Reasons } from "./reasons";
import { Score } from "./score";

const RecommendationCardDocument = graphql(`
  fragment RecommendationCard on Recommendation {
    id
    score
    provider
    providers
    recordedAt
    reasons {
      ...Reason
    }
    subject {
      __typename
      ... on Company {
        id
        ...CompanyCard
      }
      ... on Person {
        id
        ...PersonCard
      }
    }
  }
`);

interface RecommendationCardProps {
  readonly recommendation: FragmentType<typeof RecommendationCardDocument>;
}

/** A company or a person, why they are recommended, and by whom. */
export function RecommendationCard({ recommendation }: RecommendationCardProps): ReactElement {
  const { id, score, providers, reasons, subject } = readFragment(RecommendationCardDocument, recommendation);
  const shared = {
    score: <Score score={score ?? null} />,
    reasons: <Reasons reasons={reasons} showProvider={providers.length > 1} />,
    providers: (
      <div className="card-origin">
        <CardPrice of={id} />
        <ul className="recommended-by" aria-label="Recommended by">
          {providers.map((provider) => (
            <li key={provider}>
              <ProviderBadge provider={provider} />
            </li>
          ))}
        </ul>
      </div>
    ),
  };
  return subject.__typename === "Company" ? (
    <CompanyCard company={subject} {...shared} />
  ) : (
    <PersonCard person={subject} {...shared} />
  );
}
