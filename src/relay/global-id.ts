import { parseEntityKey, type EntityKey } from "../domain/entity-key";

/** The content of a global id. A recommendation is identified by its place: a feed and a position in it. */
export type NodeName =
  | { readonly kind: "Company" | "Person"; readonly key: EntityKey }
  | { readonly kind: "ICP"; readonly id: string }
  | { readonly kind: "Recommendation"; readonly feedId: string; readonly position: number };

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const ICP = new RegExp(`^ICP:(${UUID})$`);
const RECOMMENDATION = new RegExp(`^Recommendation:(${UUID}):(0|[1-9][0-9]{0,8})$`);

function encode(text: string): string {
  return Buffer.from(text).toString("base64url");
}

export function entityId(key: EntityKey): string {
  return encode(key);
}

export function icpId(id: string): string {
  return encode(`ICP:${id}`);
}

export function recommendationId(feedId: string, position: number): string {
  return encode(`Recommendation:${feedId}:${String(position)}`);
}

/**
 * Parses a global id; `null` for a text that this server did not make.
 *
 * @example parseGlobalId(entityId(key)); // { kind: "Company", key }
 */
export function parseGlobalId(id: string): NodeName | null {
  const text = Buffer.from(id, "base64url").toString();
  if (encode(text) !== id) return null;
  const entity = parseEntityKey(text);
  if (entity) return { kind: entity.kind, key: entity.key };
  const icp = ICP.exec(text)?.[1];
  if (icp !== undefined) return { kind: "ICP", id: icp };
  const [, feedId, position] = RECOMMENDATION.exec(text) ?? [];
  if (feedId === undefined || position === undefined) return null;
  return { kind: "Recommendation", feedId, position: Number(position) };
}
