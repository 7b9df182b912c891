import type { PersonTraces } from "./find-person";

/**
 * Bytes that rows of this person have in an SQLite file: each key beside the number of its entity, as rows of names and of lists have
 * them; and the keys and e-mail addresses in their records. Rows of others may have some of them, above all where another tenant has
 * the person too.
 *
 * @see SQLite, "Database File Format", 2.1 "Record Format", read 2026-11-30: the values of a row follow one another.
 */
export function personBytes({ names, entities, records }: PersonTraces): readonly Buffer[] {
  const numbered = names.flatMap((name) =>
    entities.flatMap((entity) => [
      Buffer.concat([Buffer.from(name), integerBytes(entity)]),
      Buffer.concat([integerBytes(entity), Buffer.from(name)]),
    ]),
  );
  const emails = records.flatMap(
    ({ fields }) => (JSON.parse(fields) as { readonly emails?: readonly string[] }).emails ?? [],
  );
  return [...numbered, ...[...names, ...emails].map((text) => Buffer.from(JSON.stringify(text)))];
}

/** Sizes of integers in a row, in bytes. */
const SIZES = [1, 2, 3, 4, 6] as const;

function integerBytes(value: number): Buffer {
  const size = SIZES.find((bytes) => value < 2 ** (8 * bytes - 1)) ?? 6;
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(value, 0, size);
  return value > 1 ? bytes : Buffer.alloc(0); // 0 and 1 take no byte
}
