import type { DocumentNode, OperationDefinitionNode } from "graphql";

/** The variables in a request. */
export type GivenVariables = Readonly<Record<string, unknown>>;

/**
 * An operation that passed validation. All texts that differ only in white space, commas and comments share one object, so
 * data about an operation can be cached in a `WeakMap` with it as the key.
 */
export interface Operation {
  /** Identifies the operation: the SHA-256 of its document, and its index there. */
  readonly key: string;
  /** Parsed from the text without ignored characters, so its locations are not those in the text of a request. */
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
}
