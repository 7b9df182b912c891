import type { EntityKey } from "../../domain/entity-key";
import type { EntityNode } from "../../feeds/nodes";
import type { Resolved } from "../../feeds/entities/entity-references";
import type { RequestContext } from "../context";

/** An entity, as a router names it: `__typename`, and the fields of one or several of its keys. */
export type Representation = Readonly<Record<string, unknown>>;

/** References are resolved with the loaders of the request only, as far as its credentials allow. */
export type ReferenceContext = Pick<RequestContext, "loaders" | "access">;

/** The key that a field of a representation names; none where the field is missing or wrong. */
export function readKey(value: unknown, read: (text: string) => Resolved<EntityKey>): readonly EntityKey[] {
  if (typeof value !== "string") return [];
  const named = read(value);
  return named.ok ? [named.value] : [];
}

/** The first of these entities that has a record; all are loaded at once. */
export async function firstKnown(
  keys: readonly EntityKey[],
  { loaders }: Pick<ReferenceContext, "loaders">,
): Promise<EntityNode | null> {
  const entities = await Promise.all(keys.map((key) => loaders.entityByKey.load(key)));
  return entities.find((entity) => entity !== null) ?? null;
}
