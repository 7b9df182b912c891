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
import { expandedSelections } from "./expanded-selections";

/** Maximum memory of all known documents, with their plans and executors. */
const MAX_BYTES = 24 * 2 ** 20;

/** Measured with Node 20: a syntax tree with its locations, per token; a plan and its executor, per selected field. */
const BYTES_PER_DOCUMENT = 2_000;
const BYTES_PER_TOKEN = 350;
const BYTES_PER_SELECTION = 1_000;

/** An entry has two hashes of 64 characters. */
const MAX_TEXTS = 10_000;

/** Of so many short texts that are asked for again and again, the hash is kept by the text itself: 0.5 MB at most. */
const MAX_RECENT_TEXTS = 64;
const MAX_RECENT_TEXT_LENGTH = 4_000;

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>["documentStore"]>;

/** The text and operation name in a request. */
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
 * The operations that passed validation. A document is stored once, by the hash of its text without ignored characters; of the
 * texts in requests only hashes are stored, a few short texts aside. The least recently used are dropped. No entry gets wrong: the schema
 * stays while the server runs.
 */
export class KnownOperations {
  hits = 0;
  misses = 0;
  /** Hash of a request's text → hash of its document. */
  readonly #documentHashes = new LRUCache<string, string>({ max: MAX_TEXTS });
  readonly #documents: LRUCache<string, KnownDocument>;
  readonly #textHashes = new LRUCache<string, string>({ max: MAX_RECENT_TEXTS });

  constructor(maxBytes = MAX_BYTES) {
    this.#documents = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes });
  }

  /** The operation; `null` where the text has not passed validation yet, was dropped, or has no such operation. */
  find({ text, operationName }: NamedOperation): Operation | null {
    const known = this.#knownBy(this.#hashOf(text));
    if (known) this.hits += 1;
    else this.misses += 1;
    const definition = known && getOperationAST(known.document, operationName);
    return (definition && known.operations.get(definition)) ?? null;
  }

  /**
   * The document store of Apollo Server: it adds documents after validation, with a key that ends with the SHA-256 of the
   * text.
   */
  readonly documentStore: DocumentStore = {
    get: (key) => Promise.resolve(this.#knownBy(textHashOf(key))?.document),
    set: (key, document) => {
      this.#keep(textHashOf(key), document);
      return Promise.resolve();
    },
    delete: (key) => Promise.resolve(this.#documentHashes.delete(textHashOf(key))),
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
    const documentHash = this.#documentHashes.get(textHash);
    return documentHash === undefined ? undefined : this.#documents.get(documentHash);
  }

  #keep(textHash: string, { loc }: DocumentNode): void {
    if (!loc) return;
    const text = stripIgnoredCharacters(loc.source.body);
    const documentHash = hash("sha256", text);
    if (!this.#documents.has(documentHash)) this.#documents.set(documentHash, knownDocument(text, documentHash));
    this.#documentHashes.set(textHash, documentHash);
  }
}

/** Makes an operation that is not stored, of a document that passed validation. */
export function operationOf(
  document: DocumentNode,
  definition: OperationDefinitionNode,
  documentHash: string,
): Operation {
  return { key: `${documentHash} ${String(document.definitions.indexOf(definition))}`, document, definition };
}

function knownDocument(text: string, documentHash: string): KnownDocument {
  const document = parse(text);
  const selections = expandedSelections(document);
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
