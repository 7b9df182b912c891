import type { ProviderError } from "../../domain/errors";
import type { InputIssue } from "../../domain/profile-check";

/** The fields of a profile, by the names that Surfe has for them: they are ours, too. */
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

/** Where one text may go on to another field: after a semicolon, or before the next path. */
const BETWEEN = /\s*;\s*|[,.]?\s+(?=(?:companies|people)\.\w)/;

/**
 * What Surfe objects to in a profile, each in its words, and by the field that they name. Surfe documents one `message`
 * and not how it is worded: a text is parted only where every part names a field of its own, and a text that names none,
 * or several, concerns the whole profile.
 */
export function objectionsIn({ objections, words, message }: ProviderError): readonly [InputIssue, ...InputIssue[]] {
  const [first, ...others] = objections.flatMap(partsOf).map((text) => ({ field: fieldIn(text) ?? [], message: text }));
  return first ? [first, ...others] : [{ field: [], message: words ?? message }];
}

function partsOf(text: string): readonly string[] {
  const parts = text.split(BETWEEN).filter((part) => part !== "");
  return parts.every((part) => fieldIn(part) !== null) ? parts : [text];
}

/** The one field that a text names; `null` where it names none, or several. What it quotes is a value, and names nothing. */
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
