import { z } from "zod";

/**
 * Kinds of values in a provider's answer, read leniently: what cannot be read is `null` or left out, so that one value of
 * another type costs no row. A key that is absent is read as `null`.
 */

/** Text without white space around it; a number as its digits. */
export const text = z.unknown().optional().transform(readText);

/** Text as it was written down by a person or a machine, such as an instant: never a number. */
export const writtenText = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === "string" ? readText(value) : null));

/** The texts of a list, in order; a text alone is a list of one. */
export const texts = z.unknown().optional().transform(readTexts);

/** A finite number, or one written as text. */
export const number = z.unknown().optional().transform(readNumber);

/** `true` or `false`, or one of them written as text. */
export const flag = z
  .unknown()
  .optional()
  .transform((value) =>
    value === true || value === "true" ? true : value === false || value === "false" ? false : null,
  );

/** An identifier, a string or a whole number; strings are kept. A number that JSON cannot carry exactly names nothing. */
export const id = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === "number" && !Number.isSafeInteger(value) ? null : readText(value)));

/** What an object of that shape is read as. */
export type RowOf<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/** The rows of an answer, each still to be read. */
export const rows = z.array(z.unknown());

/** An object within a row; `null` where there is none. */
export function part<Shape extends z.ZodRawShape>(shape: Shape): z.ZodType<RowOf<Shape> | null> {
  const object = z.object(shape);
  return z
    .unknown()
    .optional()
    .transform((value) => object.safeParse(value).data ?? null);
}

/** Objects within a row, in order; what is none, or says nothing, is left out. */
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
    return row && Object.values(row).some(saysSomething) ? row : null;
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

function saysSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.values(value).some(saysSomething);
  return value !== null && value !== undefined;
}
