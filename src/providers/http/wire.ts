import { z } from "zod";

/**
 * Readers for values in a provider's answer. A value of an unexpected type is read as `null` or left out, so that it does not make
 * the whole row unreadable. An absent key is read as `null`.
 *
 * @example
 * const readCompany = rowReader({ id, name: text, employeeCount: number, industries: texts });
 * readCompany({ name: " Acme ", employeeCount: "50" }); // { id: null, name: "Acme", employeeCount: 50, industries: [] }
 */

/** Reads a value of any type. It never fails. */
export type Read<Value> = (value: unknown) => Value;

/** The fields of a row: by the name in the provider's answer, how its value is read. */
export type Shape = Readonly<Record<string, Read<unknown>>>;

/** The type of a row of that shape. */
export type RowOf<Fields extends Shape> = { readonly [Name in keyof Fields]: ReturnType<Fields[Name]> };

/** Text, trimmed; a number as its digits. */
export const text: Read<string | null> = (value) => {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" ? value.trim() || null : null;
};

/** Text, trimmed, such as a time; a number is `null`. */
export const writtenText: Read<string | null> = (value) => (typeof value === "string" ? text(value) : null);

/** The texts of a list, in order; a single text is a list of one. */
export const texts: Read<readonly string[]> = (value) => {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map(text).filter((one) => one !== null);
};

/** A finite number, also as text. */
export const number: Read<number | null> = (value) => {
  const given = typeof value === "string" && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  return typeof given === "number" && Number.isFinite(given) ? given : null;
};

/** `true` or `false`, also as text. */
export const flag: Read<boolean | null> = (value) =>
  value === true || value === "true" ? true : value === false || value === "false" ? false : null;

/** An identifier: a string, or a whole number as its digits; `null` for a number that JSON cannot represent exactly. */
export const id: Read<string | null> = (value) =>
  typeof value === "number" && !Number.isSafeInteger(value) ? null : text(value);

/** An object within a row; `null` where there is none. */
export function part<Fields extends Shape>(shape: Fields): Read<RowOf<Fields> | null> {
  const fields = Object.entries(shape);
  return (value) => {
    if (!isObject(value)) return null;
    const row: Record<string, unknown> = {};
    for (const [name, read] of fields) row[name] = read(value[name]);
    return row as RowOf<Fields>; // it has every field of the shape
  };
}

/** Objects within a row, in order; other values and empty objects are left out. */
export function parts<Fields extends Shape>(shape: Fields): Read<readonly RowOf<Fields>[]> {
  const read = rowReader(shape);
  return (value) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [];
    return values.map(read).filter((one) => one !== null);
  };
}

/** Reads a row; `null` where it is no object, or none of its values can be read. */
export type RowReader<Row> = (value: unknown) => Row | null;

/** A reader of rows of that shape. */
export function rowReader<Fields extends Shape>(shape: Fields): RowReader<RowOf<Fields>> {
  const read = part(shape);
  return (value) => {
    const row = read(value);
    return hasContent(row) ? row : null;
  };
}

/** A value in the frame of an answer, which zod checks. */
export function field<Value>(read: Read<Value>): z.ZodType<Value> {
  return z.unknown().optional().transform(read);
}

/** The rows of an answer, not read yet. */
export const rows = z.array(z.unknown());

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hasContent(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (!isObject(value)) return value !== null && value !== undefined;
  for (const name in value) if (hasContent(value[name])) return true;
  return false;
}
