import type { PersonTraces } from "./find-person";

/**
 * Bytes that rows of this person have in an SQLite file: their keys, and the e-mail addresses in their records. Rows of others may have
 * some of them, above all where another tenant has the person too, or where their key begins another's.
 */
export function personBytes({ names, records }: PersonTraces): readonly Buffer[] {
  const emails = records.flatMap(
    ({ fields }) => (JSON.parse(fields) as { readonly emails?: readonly string[] }).emails ?? [],
  );
  // In a column of its own a key stands as it is, in JSON between quotes.
  const texts = [
    ...names,
    ...names.map((name) => JSON.stringify(name).slice(1, -1)),
    ...emails.map((email) => JSON.stringify(email)),
  ];
  return [...new Set(texts)].map((text) => Buffer.from(text));
}
