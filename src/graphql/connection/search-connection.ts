import type { Search } from "../../domain/filter";
import type { EntityNode, ConnectionWithIssues } from "../../feeds/nodes";
import { searchPageRequest } from "../../feeds/searches/catalogue-searches";
import { toPageRequest, type PageArgs } from "../../relay/page-args";
import type { RequestContext } from "../context";
import { feedConnection } from "./feed-connection";

/** A page of search results. */
export function searchConnection(
  search: Search,
  args: PageArgs,
  context: RequestContext,
): ConnectionWithIssues<EntityNode> | Promise<ConnectionWithIssues<EntityNode>> {
  const { tenant, services } = context;
  return feedConnection(searchPageRequest(services.searches, tenant, search, toPageRequest(args)), context);
}
