/** A value that was refused; `field` is its path within the input, `null` where it concerns all of it. */
export interface UserError {
  readonly field?: readonly string[] | null;
  readonly code: string;
  readonly message: string;
}

/** The fields of the form, each by its path within the input. */
export const FIELDS = [
  "externalUserId",
  "companies.industries",
  "companies.primaryLocations",
  "companies.employeeCount",
  "companies.revenue",
  "people.countries",
  "people.departments",
  "people.seniorities",
  "people.jobTitles",
  "exampleCompanies",
  "examplePeople",
  "excludeCompanies",
  "excludePeople",
] as const;

export type Field = (typeof FIELDS)[number];

export interface FieldErrors {
  /** What is wrong with a field, in the server's words. */
  readonly at: (field: Field) => readonly string[];
  /** What concerns no field of the form. */
  readonly others: readonly string[];
}

/** Puts every error where it belongs: `exampleCompanies.2` is its list's. */
export function fieldErrors(errors: readonly UserError[]): FieldErrors {
  const placed = errors.map(place);
  return {
    at: (field) => placed.filter((error) => error.field === field).map(({ words }) => words),
    others: placed.filter(({ field }) => field === null).map(({ words }) => words),
  };
}

interface PlacedError {
  readonly field: Field | null;
  readonly words: string;
}

/** Where a message begins with the path of its field, the label says already what the path would. */
function place({ field: path, message }: UserError): PlacedError {
  const field = FIELDS.find((one) => belongs(path?.join(".") ?? "", one)) ?? null;
  const words =
    field !== null && message.startsWith(field) ? message.slice(field.length).replace(/^:?\s*/, "") : message;
  return { field, words: words.charAt(0).toUpperCase() + words.slice(1) };
}

function belongs(path: string, field: Field): boolean {
  return path === field || path.startsWith(`${field}.`);
}
