import type { Search } from "../../domain/filter";
import type { TenantId } from "../../domain/tenant-id";
import { listIdOf } from "../../relay/cursor";
import type { PageRequest } from "../../relay/page-args";
import type { FeedPageRequest } from "../pages/feed-page-request";
import type { FeedSource } from "../feed/feed-source.port";
import type { EntityNode } from "../nodes";
import { plainReader } from "../pages/row-reader";

/** A provider with a catalogue that can be searched. */
export interface SearchProvider {
  readonly source: FeedSource;
  /** The feed query of a search in canonical form. */
  queryOf(search: Search): string;
}

/** The request for a page of search results. */
export function searchPageRequest(
  provider: SearchProvider,
  tenant: TenantId,
  search: Search,
  page: PageRequest,
): FeedPageRequest<EntityNode> {
  const { source } = provider;
  const query = provider.queryOf(search);
  return {
    name: { tenant, connection: `search:${listIdOf(query)}`, provider: source.provider, query },
    source,
    absent: [],
    page,
    rowReader: found,
  };
}

/** Search results are shown as the entities themselves. */
const found = plainReader(({ subject }) => subject);
