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

/** An operation that was registered. `id` is what a client sends in place of `text`. */
export interface PersistedOperation {
  readonly id: string;
  readonly text: string;
}

/** The operations that may run, by their ids, by the SHA-256 of their texts, and by their texts. */
export class PersistedOperations {
  readonly #textsById: ReadonlyMap<string, string>;
  /** The registered text by itself, and by itself without ignored characters. */
  readonly #textsBySpelling: ReadonlyMap<string, string>;

  constructor(operations: readonly PersistedOperation[]) {
    const hashed = operations.flatMap(({ text }) => hashesOf(text).map((hash) => [hash, text] as const));
    // Last, so that an id means what was registered under it, whatever it looks like.
    const registered = operations.map(({ id, text }) => [id, text] as const);
    this.#textsById = new Map([...hashed, ...registered]);
    this.#textsBySpelling = new Map([
      ...operations.map(({ text }) => [stripIgnoredCharacters(text), text] as const),
      ...operations.map(({ text }) => [text, text] as const),
    ]);
  }

  /** The text that is registered under an id; `null` where nothing is. */
  byId(id: string): string | null {
    return this.#textsById.get(id) ?? null;
  }

  /** The registered text that `text` spells, white space, commas and comments aside; `null` where there is none. */
  byText(text: string): string | null {
    const known = this.#textsBySpelling.get(text);
    if (known !== undefined) return known;
    try {
      return this.#textsBySpelling.get(stripIgnoredCharacters(text)) ?? null;
    } catch {
      return null; // no GraphQL, so certainly not registered
    }
  }
}

/** @see GraphQL over HTTP, Appendix A, SHA256 Hex Document Identifier; Apollo sends it without the prefix. */
function hashesOf(text: string): readonly string[] {
  const hash = createHash("sha256").update(text).digest("hex");
  return [hash, `sha256:${hash}`];
}

/** What keeps registered operations from ever running: one line for each that is wrong, with its id and name. */
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
