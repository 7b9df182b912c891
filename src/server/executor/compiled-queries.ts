import {
  BREAK,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { compileQuery, isCompiledQuery, type CompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import { isRecordedDocument } from "./recorded-document";
import { throughRootCalls } from "./root-schema";
import { selectionsWrittenOut } from "../operations/selections-written-out";

const MAX_COMPILED = 500;

/** The compiler's time grows with fragments written out, without end: beyond this the ordinary executor is the quicker. */
const MAX_SELECTIONS = 2_000;

/**
 * Records hold whole numbers and texts where the graph has them, and an enum's values are their names: none of that is
 * checked once more when it is read.
 */
const OPTIONS = { disableLeafSerialization: true };

/** An operation as it was asked for. */
export interface AskedOperation {
  readonly text: string;
  readonly operationName: string | undefined;
}

/** An operation that passed validation, and may be compiled. */
export interface CompilableOperation extends AskedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** A compiled operation, with what it was compiled from. */
export interface Compiled extends CompilableOperation {
  /** Takes `RootCalls` as its root value, or nothing. */
  readonly run: CompiledQuery["query"];
  /** Whether its answer follows from what its root fields give and what is recorded. */
  readonly isRecorded: boolean;
}

/** Compiled operations, by text and name; the least recently run are dropped. */
export class CompiledQueries {
  readonly #entries = new LRUCache<string, { runs: number; compiled: Compiled | null }>({ max: MAX_COMPILED });
  readonly #rootSchemas = new WeakMap<GraphQLSchema, GraphQLSchema>();

  /** @param compileAfter how often an operation runs the ordinary way first: compiling one that never comes again is waste. */
  constructor(private readonly compileAfter: number) {}

  /** What was compiled of an operation so far. */
  find(asked: AskedOperation): Compiled | null {
    return this.#entries.get(operationKey(asked))?.compiled ?? null;
  }

  /** Counts a run; `null` where the operation is not compiled: not yet, or because the compiler cannot. */
  get(operation: CompilableOperation): Compiled | null {
    const key = operationKey(operation);
    const entry = this.#entries.get(key) ?? { runs: 0, compiled: null };
    if (entry.runs === 0) this.#entries.set(key, entry);
    entry.runs += 1;
    if (entry.runs === this.compileAfter + 1) entry.compiled = this.#compile(operation);
    return entry.compiled;
  }

  #compile(operation: CompilableOperation): Compiled | null {
    const { schema, document, operationName } = operation;
    if (holdsText(document)) return null;
    const selections = [...selectionsWrittenOut(document).values()].reduce((sum, count) => sum + count, 0);
    if (selections > MAX_SELECTIONS) return null;
    const compiled = compileQuery(this.#rootSchemaOf(schema), document, operationName, OPTIONS);
    if (!isCompiledQuery<CompiledQuery, ExecutionResult>(compiled)) return null;
    return { ...operation, run: compiled.query, isRecorded: isRecordedDocument(schema, document) };
  }

  #rootSchemaOf(schema: GraphQLSchema): GraphQLSchema {
    const known = this.#rootSchemas.get(schema) ?? throughRootCalls(schema);
    this.#rootSchemas.set(schema, known);
    return known;
  }
}

/** Names an operation among all. */
export function operationKey({ text, operationName }: AskedOperation): string {
  return operationName === undefined ? text : `${operationName}\0${text}`;
}

/**
 * Whether a document has a text literal anywhere. `graphql-jit` writes literals into the source that it compiles, and
 * some texts run there as code: such a document is never compiled.
 */
function holdsText(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    StringValue: () => {
      found = true;
      return BREAK;
    },
  });
  return found;
}
