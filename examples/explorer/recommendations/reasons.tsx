import type { ReactElement } from "react";
import { graphql, readFragment, type FragmentType } from "../generated";
import { ProviderBadge } from "../providers/provider-badge";
import { formatName } from "../ui/format";

const ReasonDocument = graphql(`
  fragment Reason on RecommendationReason {
    provider
    type
    title
    shortDescription
    description
    score
  }
`);

interface ReasonsProps {
  readonly reasons: readonly FragmentType<typeof ReasonDocument>[];
  /** Whether to say whose each reason is. */
  readonly showProvider: boolean;
}

/** Why, in the providers' words: not every provider has any. */
export function Reasons({ reasons, showProvider }: ReasonsProps): ReactElement {
  if (reasons.length === 0) return <p className="reasons quiet">No reason given</p>;
  return (
    <ul className="reasons" aria-label="Reasons">
      {readFragment(ReasonDocument, reasons).map((reason, place) => (
        // a provider may give two reasons that read alike; their order never changes
        <li key={place} className="reason">
          <span className="reason-score">{reason.score ?? "·"}</span>
          <span>
            <strong>{reason.shortDescription ?? reason.title ?? formatName(reason.type)}</strong>
            {reason.description ? <span className="quiet"> {reason.description}</span> : null}
          </span>
          {showProvider ? <ProviderBadge provider={reason.provider} /> : null}
        </li>
      ))}
    </ul>
  );
}
