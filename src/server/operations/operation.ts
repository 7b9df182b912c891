import type { DocumentNode, OperationDefinitionNode } from "graphql";

/** Variables as a request gives them. */
export type GivenVariables = Readonly<Record<string, unknown>>;

/**
 * An operation that passed validation. All spellings of a document (white space, commas, comments) share one, so what is
 * made of an operation can be kept in a `WeakMap` by it, and goes when it goes.
 */
export interface Operation {
  /** Names the operation among all: the SHA-256 of its document, and its place there. */
  readonly key: string;
  /** Parsed from the document's text without ignored characters: locations in it are not those of a request's text. */
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
}
