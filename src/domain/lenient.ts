/** The number, rounded to a whole one; `null` where it is missing or too large for GraphQL's Int. */
export function toInt(value: number | null | undefined): number | null {
  const rounded = Math.round(value ?? NaN);
  return Math.abs(rounded) < 2 ** 31 ? rounded : null;
}

/** Reads an ISO 8601 date or time; `null` for any other text. */
export function toInstant(value: string | null | undefined): Date | null {
  const date = new Date(/^\d{4}-\d\d-\d\d/.test(value ?? "") ? (value ?? NaN) : NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** The text without white space around it; `null` where it is empty then. */
export function toText(value: string | null | undefined): string | null {
  return value?.trim() || null;
}
