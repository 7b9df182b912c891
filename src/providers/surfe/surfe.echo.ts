import type { SurfeFilters } from "./surfe.query";

/** The saved profile in Surfe's answer, of any shape. */
interface Echo {
  readonly companies?: unknown;
  readonly people?: unknown;
}

/**
 * The names of the criteria that differ between the sent profile and Surfe's echo of it, such as `companies.industries`: Surfe may
 * have dropped or changed a value. Case and order of values are ignored, and so are parts without an echo.
 */
export function echoDifferences(sent: SurfeFilters, echo: Echo): readonly string[] {
  return (["companies", "people"] as const).flatMap((part) => {
    const echoed = echo[part];
    if (typeof echoed !== "object" || echoed === null) return [];
    const different = Object.entries(sent[part]).filter(
      ([name, value]) => plain(value) !== plain(Reflect.get(echoed, name)),
    );
    return different.map(([name]) => `${part}.${name}`);
  });
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map((one) => String(one).toLowerCase()).sort());
  if (typeof value !== "object" || value === null) return typeof value === "undefined" ? "" : JSON.stringify(value);
  return JSON.stringify(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
