import { createHash } from "node:crypto";
import {
  getOperationAST,
  GraphQLError,
  parse,
  stripIgnoredCharacters,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";

/** A registered operation. Clients send `id` in place of `text`. */
export interface PersistedOperation {
  readonly id: string;
  readonly text: string;
}

/** The operations that may run, by id, by the SHA-256 of the text, and by text. */
export class PersistedOperations {
  readonly #textsById: ReadonlyMap<string, string>;
  /** The registered text, by that text with and without ignored characters. */
  readonly #textsByText: ReadonlyMap<string, string>;

  constructor(operations: readonly PersistedOperation[]) {
    const hashed = operations.flatMap(({ text }) => hashesOf(text).map((hash) => [hash, text] as const));
    // Registered ids come last: they override a hash that looks the same.
    const registered = operations.map(({ id, text }) => [id, text] as const);
    this.#textsById = new Map([...hashed, ...registered]);
    this.#textsByText = new Map([
      ...operations.map(({ text }) => [stripIgnoredCharacters(text), text] as const),
      ...operations.map(({ text }) => [text, text] as const),
    ]);
  }

  /** The text that is registered with an id; `null` where there is none. */
  byId(id: string): string | null {
    return this.#textsById.get(id) ?? null;
  }

  /** The registered text that equals `text`, except for white space, commas and comments; `null` where there is none. */
  byText(text: string): string | null {
    const known = this.#textsByText.get(text);
    if (known !== undefined) return known;
    try {
      return this.#textsByText.get(stripIgnoredCharacters(text)) ?? null;
    } catch {
      return null; // no valid GraphQL, so not registered
    }
  }
}

/** @see GraphQL over HTTP, Appendix A, SHA256 Hex Document Identifier; Apollo sends it without the prefix. */
function hashesOf(text: string): readonly string[] {
  const hash = createHash("sha256").update(text).digest("hex");
  return [hash, `sha256:${hash}`];
}

/** The problems of registered operations: one line for each invalid one, with its id and name. */
export function problemsOf(
  operations: readonly PersistedOperation[],
  schema: GraphQLSchema,
  maxTokens: number,
): readonly string[] {
  return operations.flatMap(({ id, text }) => {
    const read = documentOf(text, maxTokens);
    if (read instanceof GraphQLError) return [`operation "${id}": ${read.message}`];
    const errors = validate(schema, read).map(({ message }) => message);
    return errors.length > 0 ? [`operation "${id}"${nameOf(read)}: ${errors.join(" ")}`] : [];
  });
}

function documentOf(text: string, maxTokens: number): DocumentNode | GraphQLError {
  try {
    return parse(text, { maxLexicalTokens: maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function nameOf(document: DocumentNode): string {
  const name = getOperationAST(document)?.name?.value;
  return name === undefined ? "" : ` (${name})`;
}
