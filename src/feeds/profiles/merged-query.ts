import { createHash } from "node:crypto";
import { withSortedNames } from "../../domain/json-object";
import type { ProfileCriteria } from "../../domain/profile";

/** The query of a merged feed: a profile, and the lists to merge. */
export interface MergedQuery {
  /** Hash of the profile's criteria and examples; the order of values makes no difference. */
  readonly profile: string;
  /** `ProfileList.kind` of each list, in the order of their turns. */
  readonly lists: readonly string[];
}

/** The query as text. Equal profiles and lists give equal texts. */
export function mergedQuery(criteria: ProfileCriteria, lists: readonly string[]): string {
  return JSON.stringify({ profile: hashOf(criteria), lists } satisfies MergedQuery);
}

/** Parses a query that `mergedQuery` made. */
export function parseMergedQuery(query: string): MergedQuery {
  return JSON.parse(query) as MergedQuery;
}

/** Whether the query is for exactly these criteria. */
export function isOfProfile(query: string, criteria: ProfileCriteria): boolean {
  return parseMergedQuery(query).profile === hashOf(criteria);
}

/** Of the provider's own filters nobody here knows whether the order of a list counts there. */
function hashOf({ surfe, ...criteria }: ProfileCriteria): string {
  return createHash("sha256")
    .update(JSON.stringify(inFixedOrder(criteria)))
    .update(surfe ? JSON.stringify(withSortedNames(surfe)) : "")
    .digest("hex")
    .slice(0, 32);
}

/** Sorts lists and fields, and removes duplicates: the order of values makes no difference. */
function inFixedOrder(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((one) => JSON.stringify(inFixedOrder(one))))].sort();
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, inFixedOrder(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
