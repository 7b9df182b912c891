import { createHash } from "node:crypto";
import type { ProfileCriteria } from "../../domain/profile";

/** What a merged feed is asked for: a profile, of these lists. */
export interface MergedQuery {
  /** Hash of the profile's criteria and examples; the order in which values were given does not count. */
  readonly profile: string;
  /** Kinds of lists, in the order of their turns. */
  readonly lists: readonly string[];
}

export function mergedQuery(criteria: ProfileCriteria, lists: readonly string[]): string {
  return JSON.stringify({ profile: hashOf(criteria), lists } satisfies MergedQuery);
}

/** The other way round. Reads only what `mergedQuery` wrote. */
export function parseMergedQuery(query: string): MergedQuery {
  return JSON.parse(query) as MergedQuery;
}

/** Whether a merged feed's query is one of that very profile. */
export function isOfProfile(query: string, criteria: ProfileCriteria): boolean {
  return parseMergedQuery(query).profile === hashOf(criteria);
}

function hashOf(criteria: ProfileCriteria): string {
  return createHash("sha256")
    .update(JSON.stringify(inFixedOrder(criteria)))
    .digest("hex")
    .slice(0, 32);
}

/** Every list of a profile is a set. */
function inFixedOrder(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((one) => JSON.stringify(inFixedOrder(one))))].sort();
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, inFixedOrder(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
