import { withSortedNames } from "../../domain/json-object";
import type { SurfeFilters } from "./surfe.query";

/** The saved profile in Surfe's answer, of any shape. */
interface Echo {
  readonly companies?: unknown;
  readonly people?: unknown;
}

/**
 * The names of the criteria that differ between the sent profile and Surfe's echo of it, such as `companies.industries`: Surfe may
 * have dropped or changed a value. Case and order of values are ignored, and so are parts without an echo. The name of a filter
 * that only Surfe knows can be any text of a client: it is given only if it reads as a name, since it is logged.
 */
export function echoDifferences(sent: SurfeFilters, echo: Echo): readonly string[] {
  return (["companies", "people"] as const).flatMap((part) => {
    const echoed = echo[part];
    if (typeof echoed !== "object" || echoed === null) return [];
    const different = Object.entries(sent[part]).filter(
      ([name, value]) => plain(value) !== plain(Reflect.get(echoed, name)),
    );
    return different.map(([name]) => `${part}.${/^\w{1,40}$/.test(name) ? name : "…"}`);
  });
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map((one) => plain(one).toLowerCase()).sort());
  return value === undefined ? "" : JSON.stringify(withSortedNames(value));
}
