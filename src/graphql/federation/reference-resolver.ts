import type { EntityNode, RecommendationNode } from "../../feeds/nodes";
import { parseGlobalId } from "../../relay/global-id";
import { companyByReference } from "../company/company.reference";
import type { IcpNode } from "../icp/icp-node";
import { nodeById } from "../node/node-by-id";
import { personByReference } from "../person/person.reference";
import type { ReferenceContext, Representation } from "./representation";

type Entity = EntityNode | RecommendationNode | IcpNode;
type ResolveReference = (representation: Representation, context: ReferenceContext) => Promise<Entity | null>;

/** The resolver for each type with a key. */
const REFERENCES: ReadonlyMap<unknown, ResolveReference> = new Map<string, ResolveReference>([
  ["Company", companyByReference],
  ["Person", personByReference],
  ["Recommendation", byId("Recommendation")],
  ["ICP", byId("ICP")],
]);

/**
 * The entity that a representation names, from records only. `null` where it has no record, and where the representation is
 * wrong: a router sends many at once, and one must not make the others fail.
 */
export async function resolveReference(representation: unknown, context: ReferenceContext): Promise<Entity | null> {
  if (!isRepresentation(representation)) return null;
  return REFERENCES.get(representation["__typename"])?.(representation, context) ?? null;
}

function byId(kind: "Recommendation" | "ICP"): ResolveReference {
  return async ({ id }, context) =>
    typeof id === "string" && parseGlobalId(id)?.kind === kind ? nodeById(id, context) : null;
}

function isRepresentation(value: unknown): value is Representation {
  return typeof value === "object" && value !== null;
}
