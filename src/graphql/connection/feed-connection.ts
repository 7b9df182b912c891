import type { FeedPageRequest } from "../../feeds/pages/feed-page-request";
import type { ConnectionWithIssues } from "../../feeds/nodes";
import type { RequestContext } from "../context";

/** A page of a feed: from memory without a promise, else through the loader. */
export function feedConnection<Node>(
  request: FeedPageRequest<Node>,
  context: RequestContext,
): ConnectionWithIssues<Node> | Promise<ConnectionWithIssues<Node>> {
  context.require("read");
  return context.services.feedPages.peek(request) ?? context.loaders.feedPage(request);
}
