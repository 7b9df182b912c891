import type { SurfeFilters } from "./surfe.query";

/** What Surfe says that it saved, of any shape. */
interface Echo {
  readonly companies?: unknown;
  readonly people?: unknown;
}

/**
 * The names of the criteria that Surfe's echo of a profile has otherwise than they were sent, such as
 * `companies.industries`: it may have dropped a value, or read it as another. The case and the order of values do not
 * count, nor does a part that is not echoed at all.
 */
export function echoDifferences(sent: SurfeFilters, echo: Echo): readonly string[] {
  return (["companies", "people"] as const).flatMap((part) => {
    const told = echo[part];
    if (typeof told !== "object" || told === null) return [];
    const differing = Object.entries(sent[part]).filter(
      ([name, value]) => plain(value) !== plain(Reflect.get(told, name)),
    );
    return differing.map(([name]) => `${part}.${name}`);
  });
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map((one) => String(one).toLowerCase()).sort());
  if (typeof value !== "object" || value === null) return typeof value === "undefined" ? "" : JSON.stringify(value);
  return JSON.stringify(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
