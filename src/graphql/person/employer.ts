import type { EntityNode, PersonNode } from "../../feeds/nodes";
import type { RequestContext } from "../context";

/** The company a person works at; `null` where no provider says. */
export function employerOf(
  { employer }: PersonNode,
  context: RequestContext,
): EntityNode | null | Promise<EntityNode | null> {
  if (employer === null) return null;
  return context.services.entities.peek(context.tenant, employer) ?? context.loaders.entityByKey.load(employer);
}
