import { z } from "zod";

/**
 * Readers for values in a provider's answer. A value of an unexpected type is read as `null` or left out, so that it does not make
 * the whole row unreadable. An absent key is read as `null`.
 *
 * @example
 * const readCompany = rowReader({ id, name: text, employeeCount: number, industries: texts });
 * readCompany({ name: " Acme ", employeeCount: "50" }); // { id: null, name: "Acme", employeeCount: 50, industries: [] }
 */

/** Text, trimmed; a number as its digits. */
export const text = z.unknown().optional().transform(readText);

/** Text, trimmed, such as a time; a number is `null`. */
export const writtenText = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === "string" ? readText(value) : null));

/** The texts of a list, in order; a single text is a list of one. */
export const texts = z.unknown().optional().transform(readTexts);

/** A finite number, also as text. */
export const number = z.unknown().optional().transform(readNumber);

/** `true` or `false`, also as text. */
export const flag = z
  .unknown()
  .optional()
  .transform((value) =>
    value === true || value === "true" ? true : value === false || value === "false" ? false : null,
  );

/** An identifier: a string, or a whole number as its digits; `null` for a number that JSON cannot represent exactly. */
export const id = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === "number" && !Number.isSafeInteger(value) ? null : readText(value)));

/** The type of a row of that shape. */
export type RowOf<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/** The rows of an answer, not read yet. */
export const rows = z.array(z.unknown());

/** An object within a row; `null` where there is none. */
export function part<Shape extends z.ZodRawShape>(shape: Shape): z.ZodType<RowOf<Shape> | null> {
  const object = z.object(shape);
  return z
    .unknown()
    .optional()
    .transform((value) => object.safeParse(value).data ?? null);
}

/** Objects within a row, in order; other values and empty objects are left out. */
export function parts<Shape extends z.ZodRawShape>(shape: Shape): z.ZodType<readonly RowOf<Shape>[]> {
  const read = rowReader(shape);
  return z
    .unknown()
    .optional()
    .transform((value) => {
      const values: readonly unknown[] = Array.isArray(value) ? value : [];
      return values.map(read).filter((one) => one !== null);
    });
}

/** Reads a row; `null` where it is no object, or none of its values can be read. */
export type RowReader<Row> = (value: unknown) => Row | null;

/** A reader of rows of that shape. */
export function rowReader<Shape extends z.ZodRawShape>(shape: Shape): RowReader<RowOf<Shape>> {
  const object = z.object(shape);
  return (value) => {
    const row = object.safeParse(value).data;
    return row && Object.values(row).some(hasContent) ? row : null;
  };
}

/** See `text`. */
export function readText(value: unknown): string | null {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" ? value.trim() || null : null;
}

/** See `number`. */
export function readNumber(value: unknown): number | null {
  const given = typeof value === "string" && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  return typeof given === "number" && Number.isFinite(given) ? given : null;
}

function readTexts(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => readText(one) ?? []);
}

function hasContent(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.values(value).some(hasContent);
  return value !== null && value !== undefined;
}
