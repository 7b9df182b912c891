import type { ProviderError } from "../../domain/errors";
import type { JsonObject } from "../../domain/json-object";
import type { ProfileCriteria } from "../../domain/profile";
import type { InputIssue } from "../../domain/profile-check";

/** A field of the input, and its path in Surfe's messages. */
interface Field {
  readonly input: readonly string[];
  readonly path: readonly string[];
}

/** The fields of a profile: the names are the same at Surfe and here. */
const FIELDS = [
  ["externalUserId"],
  ["companies", "employeeCount"],
  ["companies", "industries"],
  ["companies", "primaryLocations"],
  ["companies", "revenue"],
  ["people", "countries"],
  ["people", "departments"],
  ["people", "jobTitles"],
  ["people", "seniorities"],
].map((path): Field => ({ input: path, path }));

/** The filters of a profile that have no field of their own. */
function extraFields(surfe: JsonObject): readonly Field[] {
  const { companies = {}, people = {}, ...others } = surfe;
  const paths = [
    ...Object.keys(companies as object).map((name) => ["companies", name]),
    ...Object.keys(people as object).map((name) => ["people", name]),
    ...Object.keys(others).map((name) => [name]),
  ];
  return paths.map((path) => ({ input: ["surfe", ...path], path }));
}

/** Where a text may continue with another field: after a semicolon, or before the next path. */
const BETWEEN = /\s*;\s*|[,.]?\s+(?=(?:companies|people)\.\w)/;

/**
 * The problems that Surfe reports in a profile, with the field that each is about. Surfe documents one `message` without its form:
 * a text is split only if every part names a field of its own, and a text that names no field or several is about the whole
 * profile.
 */
export function objectionsIn(
  { objections, words, message }: ProviderError,
  { surfe = {} }: Pick<ProfileCriteria, "surfe">,
): readonly [InputIssue, ...InputIssue[]] {
  const fields = [...FIELDS, ...extraFields(surfe)];
  const [first, ...others] = objections
    .flatMap((text) => partsOf(text, fields))
    .map((text) => ({ field: fieldIn(text, fields) ?? [], message: text }));
  return first ? [first, ...others] : [{ field: [], message: words ?? message }];
}

function partsOf(text: string, fields: readonly Field[]): readonly string[] {
  const parts = text.split(BETWEEN).filter((part) => part !== "");
  return parts.every((part) => fieldIn(part, fields) !== null) ? parts : [text];
}

/** The only field that a text names; `null` where it names none or several. Quoted text is a value, and is ignored. */
function fieldIn(text: string, fields: readonly Field[]): readonly string[] | null {
  const bare = text.replace(/"[^"]*"|'[^']*'/g, " ");
  const paths = fields.filter(({ path }) => path.length > 1 && mentions(bare, path.join(".")));
  const named = paths.length > 0 ? paths : fields.filter(({ path }) => mentions(bare, path.at(-1) ?? ""));
  const [one, ...others] = named;
  return one && others.length === 0 ? one.input : null;
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<!\\w)${name.replace(/[^\w]/g, "\\$&")}(?!\\w)`, "i").test(text);
}
