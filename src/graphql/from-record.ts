import type { GraphQLField } from "graphql";

/**
 * Marks a field with a resolver whose value depends only on its parent, its arguments and the records, and not on the caller,
 * the time or a provider. If all selected fields of an object are such fields, the executor caches the object's JSON text
 * until records of the tenant change.
 */
export const FROM_RECORD = { fromRecord: true } as const;

/** Whether the value of a field depends only on its parent and the records: it has no resolver, or is marked so. */
export function isFromRecord({ name, resolve, extensions }: GraphQLField<unknown, unknown>): boolean {
  return resolve === undefined || name === "__typename" || extensions["fromRecord"] === true;
}
