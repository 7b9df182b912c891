import type { EntityNode, PersonNode, RecommendationNode } from "../../feeds/nodes";
import type { RequestContext } from "../context";

/** The company that a person works at; `null` where no provider gives one. */
export function employerOf(
  { employer }: PersonNode,
  context: RequestContext,
): EntityNode | null | Promise<EntityNode | null> {
  if (employer === null) return null;
  return context.services.entities.peek(context.tenant, employer) ?? context.loaders.entityByKey.load(employer);
}

/** The company a recommendation is about: its subject, or the employer of the person recommended. */
export function companyOfRecommendation(
  { subject }: RecommendationNode,
  context: RequestContext,
): EntityNode | null | Promise<EntityNode | null> {
  return subject.kind === "Company" ? subject : employerOf(subject, context);
}
