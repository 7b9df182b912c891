import type { FeedPageRequest } from "../../feeds/pages/feed-page-request";
import type { ConnectionWithIssues } from "../../feeds/nodes";
import type { RequestContext } from "../context";

/** A page of a feed: from memory without a promise, else through the loader. */
export function feedConnection<Node>(
  request: FeedPageRequest<Node>,
  context: RequestContext,
): ConnectionWithIssues<Node> | Promise<ConnectionWithIssues<Node>> {
  context.require("read");
  const { feedPages } = context.services;
  const served = (page: ConnectionWithIssues<Node>): ConnectionWithIssues<Node> => {
    context.spending.served(feedPages, page);
    return page;
  };
  const page = feedPages.peek(request);
  return page ? served(page) : context.loaders.feedPage(request).then(served);
}
