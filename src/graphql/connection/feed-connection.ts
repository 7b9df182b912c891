import type { FeedPageRequest, RecommendationPage } from "../../feeds/feed-pages";
import type { RequestContext } from "../context";

/** A page of a feed: at once where it is in memory, else through the loader. */
export function feedConnection(
  request: FeedPageRequest,
  context: RequestContext,
): RecommendationPage | Promise<RecommendationPage> {
  return context.services.feedPages.peek(request) ?? context.loaders.feedPage.load(request);
}
