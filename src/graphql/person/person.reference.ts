import type { EntityKey } from "../../domain/entity-key";
import type { EntityNode } from "../../feeds/nodes";
import { personByLinkedin, resolvePerson, type Resolved } from "../../feeds/entities/entity-references";
import { firstKnown, readKey, type ReferenceContext, type Representation } from "../federation/representation";

/** The person that another subgraph refers to; `null` where they have no record. */
export function personByReference(
  { id, linkedinUrl }: Representation,
  context: ReferenceContext,
): Promise<EntityNode | null> {
  return firstKnown([...readKey(id, personById), ...readKey(linkedinUrl, personByLinkedin)], context);
}

function personById(id: string): Resolved<EntityKey> {
  const named = resolvePerson({ id });
  return named.ok ? { ok: true, value: named.value.key } : named;
}
