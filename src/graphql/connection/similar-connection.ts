import type { PersonExample } from "../../domain/profile";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import { withIssues, type EntityNode, type RecommendationNode, type RecommendationPage } from "../../feeds/nodes";
import { toConnection } from "../../relay/connection";
import { toPageRequest, type PageArgs } from "../../relay/page-args";
import type { RequestContext } from "../context";
import { feedConnection } from "./feed-connection";

/** Lookalikes of one company or person, without those of `exclude`; an empty page with an issue where the provider cannot identify it. */
export async function similarConnection(
  entity: EntityNode,
  exclude: readonly PersonExample[],
  args: PageArgs,
  context: RequestContext,
): Promise<RecommendationPage> {
  const request = await context.services.lookalikes.of(context.tenant, entity, exclude, toPageRequest(args));
  return request ? feedConnection(request, context) : unidentified(entity, context.services.lookalikes.providerName);
}

function unidentified({ kind }: EntityNode, provider: Provider): RecommendationPage {
  const message = `${PROVIDER_NAMES[provider]} cannot identify this ${kind.toLowerCase()}: it has never returned it.`;
  const nothing = toConnection<RecommendationNode>([], () => [], {
    hasPreviousPage: false,
    hasNextPage: false,
    totalCount: 0,
  });
  return withIssues(nothing, [{ provider, code: "PROVIDER_CANNOT_SERVE", message, retryAfter: null }]);
}
