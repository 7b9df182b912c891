/** An error of the caller: answered 400, with a message that names the field. */
export class BadRequest extends Error {
  override readonly name = "BadRequest";

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
  }
}

/** A JSON object, not read yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** A range, both ends inclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads an object. @throws {BadRequest} there is none. */
export function readFields(value: unknown, field: string): Fields {
  if (!isFields(value)) throw new BadRequest(field, value === undefined ? "is required" : "must be an object");
  return value;
}

/** Reads an object; `{}` where it is left out. @throws {BadRequest} */
export function readOptionalFields(value: unknown, field: string): Fields {
  return value === undefined ? {} : readFields(value, field);
}

/** Reads a text; `null` where it is left out or empty. `most` counts characters, not UTF-16 units. @throws {BadRequest} */
export function readOptionalText(value: unknown, field: string, most: number): string | null {
  if (value === undefined || value === "") return null;
  if (typeof value !== "string") throw new BadRequest(field, "must be a string");
  if (Array.from(value).length > most) throw new BadRequest(field, `must have at most ${most} characters`);
  return value;
}

/** Reads a whole number. @throws {BadRequest} there is none. */
export function readInteger(value: unknown, field: string): number {
  if (value === undefined) throw new BadRequest(field, "is required");
  if (typeof value !== "number" || !Number.isInteger(value)) throw new BadRequest(field, "must be an integer");
  return value;
}

/** Reads a range; an end that is left out is open. @throws {BadRequest} */
export function readRange(value: unknown, field: string): Range {
  const { from = 0, to = Number.MAX_SAFE_INTEGER } = readOptionalFields(value, field);
  const range = { from: readInteger(from, `${field}.from`), to: readInteger(to, `${field}.to`) };
  if (range.from > range.to) throw new BadRequest(field, "from must not be greater than to");
  return range;
}

/**
 * Reads a list of texts, in lower case; `null` ("any") where it is left out or empty.
 *
 * @param accepted - The accepted values, in lower case; left out: any text.
 * @throws {BadRequest}
 */
export function readTexts(value: unknown, field: string, accepted?: ReadonlySet<string>): ReadonlySet<string> | null {
  if (value === undefined) return null;
  if (!Array.isArray(value)) throw new BadRequest(field, "must be an array of strings");
  const texts = value.map((item: unknown) => {
    if (typeof item !== "string") throw new BadRequest(field, "must be an array of strings");
    const text = item.toLowerCase();
    if (accepted !== undefined && !accepted.has(text)) throw new BadRequest(field, `does not know "${item}"`);
    return text;
  });
  return texts.length === 0 ? null : new Set(texts);
}
