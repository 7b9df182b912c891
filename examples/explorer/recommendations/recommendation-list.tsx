import { useCallback, type ReactElement } from "react";
import type { Provider } from "../generated/graphql";
import { formatCount, formatNumber } from "../ui/format";
import { Disclosure } from "../ui/disclosure";
import { useFocusOnNext } from "../ui/use-focus-on-next";
import { CardSkeletons } from "./card-skeletons";
import { IssueBanner } from "./issue-banner";
import { LoadMore } from "./load-more";
import { PRICE_RULE } from "./prices";
import { RecommendationCard } from "./recommendation-card";
import { useRecommendations, type Recommendations } from "./use-recommendations";

interface RecommendationListProps {
  readonly user: string | null;
  readonly providers: readonly Provider[] | null;
}

/** A profile's recommendations, as many as were scrolled to; give it a `key` for each profile and filter. */
export function RecommendationList({ user, providers }: RecommendationListProps): ReactElement {
  const list = useRecommendations(user, providers);
  const { edges, issues, isLoading, loadMore, retry } = list;
  const { list: cards, focusNext } = useFocusOnNext<HTMLOListElement>(edges?.length ?? 0);
  const load = useCallback(() => void loadMore(), [loadMore]);
  const askAgain = (): void => void (edges === null ? retry() : loadMore());
  return (
    <>
      <ListHead list={list} />
      {edges === null && isLoading ? <CardSkeletons /> : null}
      {edges === null ? null : (
        <ol className="cards" ref={cards} aria-label="Recommendations">
          {edges.map(({ node }) => (
            <li key={node.id}>
              <RecommendationCard recommendation={node} />
            </li>
          ))}
        </ol>
      )}
      {issues.length > 0 && !isLoading ? (
        <IssueBanner title={titleOf(list)} issues={issues} {...(list.isStalled ? { retry: askAgain } : {})} />
      ) : null}
      {list.hasNextPage && !list.isStalled ? (
        <LoadMore
          isLoading={list.isLoadingMore}
          isAutomatic={!list.isLoadingMore}
          rows={edges?.length ?? 0}
          estimate={list.nextCost}
          load={load}
          loadByHand={() => {
            focusNext();
            load();
          }}
        />
      ) : null}
    </>
  );
}

interface ListHeadProps {
  readonly list: Recommendations;
}

function ListHead({ list }: ListHeadProps): ReactElement {
  return (
    <div className="list-head">
      <p role="status">{summaryOf(list)}</p>
      {list.edges === null ? null : <Disclosure label="What the prices mean">{() => <p>{PRICE_RULE}</p>}</Disclosure>}
    </div>
  );
}

function summaryOf({ edges, totalCount, hasNextPage, isLoading, isLoadingMore, issues }: Recommendations): string {
  if (isLoading && edges === null) return "Loading recommendations…";
  if (edges === null) return "";
  if (edges.length === 0 && !hasNextPage && issues.length === 0) return "Nobody recommends anything for this profile.";
  const shown = formatCount(edges.length, "recommendation", "recommendations");
  if (isLoadingMore) return `${shown}, loading more…`;
  if (!hasNextPage) return `${shown}: that is all of them`;
  return totalCount === null ? `${shown} so far` : `${shown} of ${formatNumber(totalCount)}`;
}

function titleOf({ edges }: Recommendations): string {
  return edges === null ? "No recommendations at the moment" : "Some recommendations are missing";
}
