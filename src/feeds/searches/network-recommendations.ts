import type { TenantId } from "../../domain/tenant-id";
import { listIdOf } from "../../relay/cursor";
import type { PageRequest } from "../../relay/page-args";
import type { FeedPageRequest } from "../pages/feed-page-request";
import type { FeedSource } from "../feed/feed-source.port";
import type { RecommendationNode } from "../nodes";
import { providerListReader } from "../pages/recommendation-node";

/** A provider that suggests people to a LinkedIn account. */
export interface NetworkProvider {
  /** The request header, in lower case, that carries the session of a LinkedIn account. */
  readonly loginTokenHeader: string;
  /**
   * @param loginToken the LinkedIn session from the request; `null`: the configured one.
   * @returns the source and query of the account's feed. Two accounts never share a feed.
   */
  accountOf(loginToken: string | null): { readonly source: FeedSource; readonly query: (country: string) => string };
  /** Maximum number of calls for the first `rows` rows of a new feed, for any account. */
  callsFor(rows: number): number;
}

/** The request for a page of people that LinkedIn suggests to an account. */
export function networkPageRequest(
  provider: Pick<NetworkProvider, "accountOf">,
  tenant: TenantId,
  loginToken: string | null,
  country: string,
  page: PageRequest,
): FeedPageRequest<RecommendationNode> {
  const { source, query: queryFor } = provider.accountOf(loginToken);
  const query = queryFor(country);
  return {
    name: { tenant, connection: `network:${listIdOf(query)}`, provider: source.provider, query },
    source,
    absent: [],
    page,
    rowReader: providerListReader,
  };
}
