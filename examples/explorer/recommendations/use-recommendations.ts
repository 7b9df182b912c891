import { NetworkStatus } from "@apollo/client";
import { useApolloClient, useQuery } from "@apollo/client/react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Estimate } from "../client/estimate";
import { issuesOf, type Issue } from "../client/failure";
import type { Provider, RecommendationsQuery as Answer } from "../generated/graphql";
import { ProvidersQuery } from "../providers/providers.query";
import { PAGE_SIZE, RecommendationsQuery } from "./recommendations.query";
import { useNextCost } from "./use-next-cost";

type Edges = NonNullable<Answer["recommendations"]>["edges"];

export interface Recommendations {
  /** `null` where there are none to show: they are still on their way, or nobody could serve one. */
  readonly edges: Edges | null;
  readonly totalCount: number | null;
  readonly hasNextPage: boolean;
  readonly isLoading: boolean;
  readonly isLoadingMore: boolean;
  /** Why the last page is short, or is not there. */
  readonly issues: readonly Issue[];
  /** Whether asking for more would only fail again: then it takes a person to ask. */
  readonly isStalled: boolean;
  /** What the next page may cost; `null` where that is not known. */
  readonly nextCost: Estimate | null;
  readonly loadMore: () => Promise<void>;
  readonly retry: () => Promise<void>;
}

/** A profile's recommendations, page by page. `providers`: only theirs; `null` is of all that can serve. */
export function useRecommendations(user: string | null, providers: readonly Provider[] | null): Recommendations {
  const variables = { user, providers: providers && [...providers], first: PAGE_SIZE };
  const { data, error, networkStatus, fetchMore, refetch } = useQuery(RecommendationsQuery, {
    variables,
    errorPolicy: "all", // one field's error leaves the others standing
  });
  const connection = data?.recommendations ?? null;
  const endCursor = connection?.pageInfo.endCursor ?? null;
  const { lastPage, forget, loadMore } = useLastPage(
    useCallback(() => fetchMore({ variables: { after: endCursor }, errorPolicy: "all" }), [fetchMore, endCursor]),
  );
  const isLoading = networkStatus === NetworkStatus.loading || networkStatus === NetworkStatus.refetch;
  useProvidersAfter(isLoading, lastPage);

  const failure = lastPage ? lastPage.error : error;
  const issues = failure ? issuesOf(failure) : (connection?.issues ?? []).map(asIssue);
  const rows = lastPage?.rows ?? connection?.edges.length ?? 0;
  const isStalled = failure !== undefined || (issues.length > 0 && rows < PAGE_SIZE);
  const isLoadingMore = networkStatus === NetworkStatus.fetchMore;
  const hasNextPage = connection?.pageInfo.hasNextPage ?? false;
  const mayGoOn = hasNextPage && !isStalled && !isLoading && !isLoadingMore;
  const nextCost = useNextCost(mayGoOn ? { ...variables, after: endCursor } : null);
  return {
    edges: connection?.edges ?? null,
    totalCount: connection?.totalCount ?? null,
    hasNextPage,
    isLoading,
    isLoadingMore,
    nextCost,
    issues,
    isStalled,
    loadMore,
    retry: async () => {
      forget();
      await refetch().catch(() => undefined); // its error is the query's
    },
  };
}

/** The page that `loadMore` brought; `error` is undefined where nothing went wrong. */
interface LastPage {
  readonly rows: number;
  readonly error: unknown;
}

interface FetchedPage {
  readonly data?: Answer | undefined;
  readonly error?: unknown;
}

/** Fetches a page at a time, however often it is asked to, and keeps how the last one came out. */
function useLastPage(fetchPage: () => Promise<FetchedPage>): {
  readonly lastPage: LastPage | null;
  readonly forget: () => void;
  readonly loadMore: () => Promise<void>;
} {
  const [lastPage, setLastPage] = useState<LastPage | null>(null);
  const isFetching = useRef(false);
  const loadMore = useCallback(async (): Promise<void> => {
    if (isFetching.current) return;
    isFetching.current = true;
    const page = await fetchPage().catch((error: unknown): FetchedPage => ({ error }));
    setLastPage({ rows: page.data?.recommendations?.edges.length ?? 0, error: page.error });
    isFetching.current = false;
  }, [fetchPage]);
  return { lastPage, forget: () => setLastPage(null), loadMore };
}

function asIssue(issue: Omit<Issue, "retryAfter"> & { readonly retryAfter?: string | null }): Issue {
  return { ...issue, retryAfter: issue.retryAfter ?? null };
}

/** Every page may have cost something or met a failure: asks how the providers stand after it. */
function useProvidersAfter(isLoading: boolean, lastPage: LastPage | null): void {
  const client = useApolloClient();
  useEffect(() => {
    if (!isLoading) void client.refetchQueries({ include: [ProvidersQuery] });
  }, [client, isLoading, lastPage]);
}
