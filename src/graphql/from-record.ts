import type { GraphQLField } from "graphql";

/**
 * Written on a field with a resolver: what it gives follows from its parent, its arguments and what is recorded, and from
 * nothing else: not from the caller, the clock or a provider. The text of an object whose fields are all so is kept with
 * the object, until something is written for the tenant.
 */
export const FROM_RECORD = { fromRecord: true } as const;

/** Whether a field follows from its parent and the record: it reads a property, or says so. */
export function isFromRecord({ name, resolve, extensions }: GraphQLField<unknown, unknown>): boolean {
  return resolve === undefined || name === "__typename" || extensions["fromRecord"] === true;
}
