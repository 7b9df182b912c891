import type { JsonObject } from "./json-object";
import type { Report } from "./profile-check";

/** Where filters can stand that have a field of their own, and those fields. */
const OWN_FIELDS: Readonly<Record<"companies" | "people", readonly string[]>> = {
  companies: ["employeeCount", "industries", "primaryLocations", "revenue"],
  people: ["countries", "departments", "jobTitles", "seniorities"],
};

const MAX_BYTES = 16_384;
const MAX_DEPTH = 8;

/**
 * Filters that have no field of their own, as the provider that keeps profiles names them: they are passed on as given.
 *
 * @param field where they are in the input.
 * @returns a copy without empty parts; `null` where nothing is left, or something is wrong.
 */
export function checkExtraFilters(
  field: readonly string[],
  given: JsonObject | null | undefined,
  report: Report,
): JsonObject | null {
  if (given === null || given === undefined) return null;
  const wrong = unsendable(given);
  if (wrong !== null) {
    report(field, `${field.join(".")} ${wrong}`);
    return null;
  }
  // A document's literal has no prototype, and `undefined` for a variable that is not set.
  const text = JSON.stringify(given);
  if (Buffer.byteLength(text) > MAX_BYTES) {
    report(field, `${field.join(".")} takes at most ${String(MAX_BYTES)} bytes of JSON.`);
    return null;
  }
  return withoutEmptyParts(field, JSON.parse(text) as JsonObject, report);
}

interface Place {
  readonly value: unknown;
  readonly depth: number;
}

/** Why the value cannot be sent, or `null`. A loop that stops at a depth: values can nest deeply. */
function unsendable(given: JsonObject): string | null {
  const places: Place[] = [{ value: given, depth: 1 }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const { value, depth } = place;
    if (typeof value === "number" && !Number.isFinite(value)) return "holds a number that is too large.";
    if (typeof value !== "object" || value === null) continue;
    if (depth > MAX_DEPTH) return `takes at most ${String(MAX_DEPTH)} levels of objects and lists.`;
    for (const [name, inner] of Object.entries(value)) {
      if (name === "__proto__") return "takes no key `__proto__`.";
      places.push({ value: inner, depth: depth + 1 });
    }
  }
  return null;
}

function withoutEmptyParts(field: readonly string[], given: JsonObject, report: Report): JsonObject | null {
  if ("externalUserId" in given) reportOwn(field, ["externalUserId"], report);
  const { companies, people, ...others } = given;
  const parts = [
    ...partOf(field, "companies", companies, report),
    ...partOf(field, "people", people, report),
    ...Object.entries(others),
  ];
  return parts.length === 0 ? null : Object.fromEntries(parts);
}

/** None, where it has no filters. */
function partOf(
  field: readonly string[],
  name: keyof typeof OWN_FIELDS,
  part: unknown,
  report: Report,
): readonly (readonly [string, unknown])[] {
  if (part === undefined) return [];
  if (typeof part !== "object" || part === null || Array.isArray(part)) {
    report([...field, name], `${[...field, name].join(".")} takes an object.`);
    return [];
  }
  for (const own of OWN_FIELDS[name].filter((one) => one in part)) reportOwn(field, [name, own], report);
  return Object.keys(part).length === 0 ? [] : [[name, part]];
}

function reportOwn(field: readonly string[], own: readonly string[], report: Report): void {
  const path = [...field, ...own];
  report(path, `${path.join(".")} has a field of its own: give it as ${own.join(".")}.`);
}
