import { requireScope } from "../../domain/access";
import type { EntityNode, RecommendationNode } from "../../feeds/nodes";
import { parseGlobalId } from "../../relay/global-id";
import type { RequestContext } from "../context";
import { toIcpNode, type IcpNode } from "../icp/icp-node";

/**
 * A node by its global id, with the loaders of the request; `null` where the id is unknown.
 *
 * @throws {AccessError} the profile is another user's, and the scope `users` is missing.
 */
export async function nodeById(
  id: string,
  context: Pick<RequestContext, "loaders" | "access">,
): Promise<EntityNode | RecommendationNode | IcpNode | null> {
  const { loaders, access } = context;
  const name = parseGlobalId(id);
  switch (name?.kind) {
    case "Company":
    case "Person":
      return loaders.entityByKey.load(name.key);
    case "ICP": {
      const profile = await loaders.profileById.load(name.id);
      if (profile && profile.externalUserId !== access.user) requireScope(access, "users");
      return profile && toIcpNode(profile);
    }
    case "Recommendation":
      return loaders.recommendationByPlace.load(name);
    case undefined:
      return null;
    default:
      return name satisfies never;
  }
}
