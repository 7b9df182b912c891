import type { EntityKey } from "../../domain/entity-key";
import type { EntityNode } from "../../feeds/nodes";
import type { Resolved } from "../../feeds/entities/entity-references";
import type { RequestContext } from "../context";

/** How a router names an entity of ours: `__typename`, and the fields of one of its keys, or of several. */
export type Representation = Readonly<Record<string, unknown>>;

/** References are resolved through the request's loaders, and through nothing else. */
export type ReferenceContext = Pick<RequestContext, "loaders">;

/** What one field of a representation names; nothing where it names nothing. */
export function readKey(value: unknown, read: (text: string) => Resolved<EntityKey>): readonly EntityKey[] {
  if (typeof value !== "string") return [];
  const named = read(value);
  return named.ok ? [named.value] : [];
}

/** The first of these that something is recorded of; all are asked for at once. */
export async function firstKnown(
  keys: readonly EntityKey[],
  { loaders }: ReferenceContext,
): Promise<EntityNode | null> {
  const entities = await Promise.all(keys.map((key) => loaders.entityByKey.load(key)));
  return entities.find((entity) => entity !== null) ?? null;
}
