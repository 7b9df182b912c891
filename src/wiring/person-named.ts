import type { EntityKey } from "../domain/entity-key";
import { resolvePerson, personByLinkedin } from "../feeds/entities/entity-references";

/**
 * The key of the person that a text names: a LinkedIn address, or an id of the graph. `null` where it names nobody: it may be a
 * company's.
 */
export function personNamed(text: string): EntityKey | null {
  const byAddress = personByLinkedin(text);
  if (byAddress.ok) return byAddress.value;
  const byId = resolvePerson({ id: text.trim() });
  return byId.ok ? byId.value.key : null;
}
