import type { ProviderError } from "../../domain/errors";
import type { InputIssue } from "../../domain/profile-check";

/** Paths of the fields of a profile: the names are the same at Surfe and here. */
const FIELDS: readonly (readonly string[])[] = [
  ["externalUserId"],
  ["companies", "employeeCount"],
  ["companies", "industries"],
  ["companies", "primaryLocations"],
  ["companies", "revenue"],
  ["people", "countries"],
  ["people", "departments"],
  ["people", "jobTitles"],
  ["people", "seniorities"],
];

/** Where a text may continue with another field: after a semicolon, or before the next path. */
const BETWEEN = /\s*;\s*|[,.]?\s+(?=(?:companies|people)\.\w)/;

/**
 * The problems that Surfe reports in a profile, with the field that each is about. Surfe documents one `message` without its form:
 * a text is split only if every part names a field of its own, and a text that names no field or several is about the whole
 * profile.
 */
export function objectionsIn({ objections, words, message }: ProviderError): readonly [InputIssue, ...InputIssue[]] {
  const [first, ...others] = objections.flatMap(partsOf).map((text) => ({ field: fieldIn(text) ?? [], message: text }));
  return first ? [first, ...others] : [{ field: [], message: words ?? message }];
}

function partsOf(text: string): readonly string[] {
  const parts = text.split(BETWEEN).filter((part) => part !== "");
  return parts.every((part) => fieldIn(part) !== null) ? parts : [text];
}

/** The only field that a text names; `null` where it names none or several. Quoted text is a value, and is ignored. */
function fieldIn(text: string): readonly string[] | null {
  const bare = text.replace(/"[^"]*"|'[^']*'/g, " ");
  const paths = FIELDS.filter((path) => path.length > 1 && mentions(bare, path.join(".")));
  const named = paths.length > 0 ? paths : FIELDS.filter((path) => mentions(bare, path.at(-1) ?? ""));
  const [one, ...others] = named;
  return one && others.length === 0 ? one : null;
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<!\\w)${name.replace(".", "\\.")}(?!\\w)`, "i").test(text);
}
