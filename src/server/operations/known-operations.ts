import { hash } from "node:crypto";
import type { ApolloServerOptions, BaseContext } from "@apollo/server";
import {
  getOperationAST,
  parse,
  stripIgnoredCharacters,
  type DocumentNode,
  type OperationDefinitionNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { Operation } from "./operation";
import { selectionsWrittenOut } from "./selections-written-out";

/** What all known documents may take together, with what the limits and the executor make of them. */
const MAX_BYTES = 24 * 2 ** 20;

/** Measured with Node 20: a syntax tree with its locations, by token; a plan and its executor, by selected field. */
const BYTES_PER_DOCUMENT = 2_000;
const BYTES_PER_TOKEN = 350;
const BYTES_PER_SELECTION = 1_000;

/** A spelling takes two hashes of 64 characters. */
const MAX_SPELLINGS = 10_000;

/** Of so many short texts that are asked for again and again, the hash is kept by the text itself: 0.5 MB at most. */
const MAX_RECENT_TEXTS = 64;
const MAX_RECENT_TEXT_LENGTH = 4_000;

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>["documentStore"]>;

/** An operation as a request names it. */
export interface NamedOperation {
  readonly text: string;
  readonly operationName: string | undefined;
}

interface KnownDocument {
  readonly document: DocumentNode;
  readonly operations: ReadonlyMap<OperationDefinitionNode, Operation>;
  readonly bytes: number;
}

/**
 * The operations that passed validation. A document is kept once, by the hash of its text without ignored characters. Of
 * the texts that it came in only the hashes are kept, a few short ones aside. The least recently asked for are dropped.
 */
export class KnownOperations {
  /** Hash of a text → hash of its document. */
  readonly #spellings = new LRUCache<string, string>({ max: MAX_SPELLINGS });
  readonly #documents: LRUCache<string, KnownDocument>;
  readonly #textHashes = new LRUCache<string, string>({ max: MAX_RECENT_TEXTS });

  constructor(maxBytes = MAX_BYTES) {
    this.#documents = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes });
  }

  /** `null` where the text has not passed validation yet, was dropped, or has no such operation. */
  find({ text, operationName }: NamedOperation): Operation | null {
    const known = this.#knownBy(this.#hashOf(text));
    const definition = known && getOperationAST(known.document, operationName);
    return (definition && known.operations.get(definition)) ?? null;
  }

  /** Documents as Apollo Server keeps them: after validation, by a key that ends with the SHA-256 of the text. */
  readonly documentStore: DocumentStore = {
    get: (key) => Promise.resolve(this.#knownBy(textHashOf(key))?.document),
    set: (key, document) => {
      this.#keep(textHashOf(key), document);
      return Promise.resolve();
    },
    delete: (key) => Promise.resolve(this.#spellings.delete(textHashOf(key))),
  };

  #hashOf(text: string): string {
    if (text.length > MAX_RECENT_TEXT_LENGTH) return hash("sha256", text);
    const known = this.#textHashes.get(text);
    if (known !== undefined) return known;
    const textHash = hash("sha256", text);
    this.#textHashes.set(text, textHash);
    return textHash;
  }

  #knownBy(textHash: string): KnownDocument | undefined {
    const documentHash = this.#spellings.get(textHash);
    return documentHash === undefined ? undefined : this.#documents.get(documentHash);
  }

  #keep(textHash: string, { loc }: DocumentNode): void {
    if (!loc) return;
    const text = stripIgnoredCharacters(loc.source.body);
    const documentHash = hash("sha256", text);
    if (!this.#documents.has(documentHash)) this.#documents.set(documentHash, knownDocument(text, documentHash));
    this.#spellings.set(textHash, documentHash);
  }
}

/** An operation that is not kept, of a document that passed validation. */
export function operationOf(
  document: DocumentNode,
  definition: OperationDefinitionNode,
  documentHash: string,
): Operation {
  return { key: `${documentHash} ${String(document.definitions.indexOf(definition))}`, document, definition };
}

function knownDocument(text: string, documentHash: string): KnownDocument {
  const document = parse(text);
  const selections = selectionsWrittenOut(document);
  const operations = [...selections.keys()].map((definition) => operationOf(document, definition, documentHash));
  const sum = [...selections.values()].reduce((all, one) => all + one, 0);
  return {
    document,
    operations: new Map(operations.map((operation) => [operation.definition, operation])),
    bytes:
      BYTES_PER_DOCUMENT + 2 * text.length + BYTES_PER_TOKEN * (document.tokenCount ?? 0) + BYTES_PER_SELECTION * sum,
  };
}

function textHashOf(key: string): string {
  return key.slice(key.lastIndexOf(":") + 1);
}
