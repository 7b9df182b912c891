import { useApolloClient } from "@apollo/client/react";
import { useEffect, useState } from "react";
import { estimateOf, type Estimate } from "../client/estimate";
import { RecommendationsQuery } from "./recommendations.query";
import type { RecommendationsQueryVariables } from "../generated/graphql";

/**
 * What the next page may cost: asked once for each page, and not while `next` is `null`.
 *
 * @returns `null` where it is not known.
 */
export function useNextCost(next: RecommendationsQueryVariables | null): Estimate | null {
  const client = useApolloClient();
  const [known, setKnown] = useState<{ readonly of: string; readonly estimate: Estimate | null } | null>(null);
  const asked = next && JSON.stringify(next);
  useEffect(() => {
    if (asked === null) return undefined;
    let isLeft = false;
    const variables = JSON.parse(asked) as RecommendationsQueryVariables;
    estimateOf(client, RecommendationsQuery, variables).then(
      (estimate) => {
        if (!isLeft) setKnown({ of: asked, estimate });
      },
      () => undefined, // without an answer nothing is shown
    );
    return () => {
      isLeft = true;
    };
  }, [client, asked]);
  return known !== null && known.of === asked ? known.estimate : null;
}
