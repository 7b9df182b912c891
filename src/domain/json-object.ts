/** A JSON object as a client sent it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The same value with the names of its objects in order, at every level; lists stay as they are. */
export function withSortedNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedNames);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, withSortedNames(inner)]));
}
