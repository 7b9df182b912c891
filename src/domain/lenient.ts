/** A whole number that GraphQL's Int holds, rounded; `null` for what is none. */
export function toInt(value: number | null | undefined): number | null {
  const rounded = Math.round(value ?? NaN);
  return Math.abs(rounded) < 2 ** 31 ? rounded : null;
}

/** An instant as providers write them, in ISO 8601; `null` for what is none. */
export function toInstant(value: string | null | undefined): Date | null {
  const date = new Date(/^\d{4}-\d\d-\d\d/.test(value ?? "") ? (value ?? NaN) : NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** The text without white space around it; `null` where nothing is left. */
export function toText(value: string | null | undefined): string | null {
  return value?.trim() || null;
}
