import type { EntityNode } from "../../feeds/nodes";
import { companyByDomain, companyByLinkedin, resolveCompany } from "../../feeds/entities/entity-references";
import { firstKnown, readKey, type ReferenceContext, type Representation } from "../federation/representation";

/** The company that another subgraph refers to; `null` where it has no record. */
export function companyByReference(
  { id, domain, linkedinUrl }: Representation,
  context: ReferenceContext,
): Promise<EntityNode | null> {
  const byId = readKey(id, (text) => resolveCompany({ id: text }));
  const keys = [...byId, ...readKey(domain, companyByDomain), ...readKey(linkedinUrl, companyByLinkedin)];
  return firstKnown(keys, context);
}
