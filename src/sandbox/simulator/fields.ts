/** The caller's mistake: answered 400, its message naming the field. */
export class BadRequest extends Error {
  override readonly name = "BadRequest";

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
  }
}

/** A JSON object, unread. */
export type Fields = Readonly<Record<string, unknown>>;

/** Both ends belong to it. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws {BadRequest} where there is no object. */
export function readFields(value: unknown, field: string): Fields {
  if (!isFields(value)) throw new BadRequest(field, value === undefined ? "is required" : "must be an object");
  return value;
}

/** `{}` where it was left out. @throws {BadRequest} */
export function readOptionalFields(value: unknown, field: string): Fields {
  return value === undefined ? {} : readFields(value, field);
}

/** `null` where it was left out or empty; `most` counts characters, not UTF-16 units. @throws {BadRequest} */
export function readOptionalText(value: unknown, field: string, most: number): string | null {
  if (value === undefined || value === "") return null;
  if (typeof value !== "string") throw new BadRequest(field, "must be a string");
  if (Array.from(value).length > most) throw new BadRequest(field, `must have at most ${most} characters`);
  return value;
}

/** @throws {BadRequest} where there is no whole number. */
export function readInteger(value: unknown, field: string): number {
  if (value === undefined) throw new BadRequest(field, "is required");
  if (typeof value !== "number" || !Number.isInteger(value)) throw new BadRequest(field, "must be an integer");
  return value;
}

/** Open at an end that was left out. @throws {BadRequest} */
export function readRange(value: unknown, field: string): Range {
  const { from = 0, to = Number.MAX_SAFE_INTEGER } = readOptionalFields(value, field);
  const range = { from: readInteger(from, `${field}.from`), to: readInteger(to, `${field}.to`) };
  if (range.from > range.to) throw new BadRequest(field, "from must not be greater than to");
  return range;
}

/**
 * Lower case; `null`, for "any", where it was left out or empty.
 *
 * @param accepted - In lower case; without it any text will do.
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
