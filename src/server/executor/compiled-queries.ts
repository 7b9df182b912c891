import type { DocumentNode, ExecutionResult, GraphQLSchema } from "graphql";
import { compileQuery, isCompiledQuery, type CompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";

const MAX_COMPILED = 500;

/** An operation that may be compiled. `id` stands for its text. */
export interface CompilableOperation {
  readonly id: string;
  readonly document: DocumentNode;
  readonly operationName: string | null;
}

/** Compiled operations, by text and name; the least recently run are dropped. */
export class CompiledQueries {
  readonly #entries = new LRUCache<string, { runs: number; compiled: CompiledQuery | null }>({ max: MAX_COMPILED });

  /** @param compileAfter how often an operation runs the ordinary way first: compiling one that never comes again is waste. */
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly compileAfter: number,
  ) {}

  /** `null` where the operation is not compiled: not yet, or because the compiler cannot. */
  get({ id, document, operationName }: CompilableOperation): CompiledQuery | null {
    const key = `${id} ${operationName ?? ""}`;
    const entry = this.#entries.get(key) ?? { runs: 0, compiled: null };
    if (entry.runs === 0) this.#entries.set(key, entry);
    entry.runs += 1;
    if (entry.runs === this.compileAfter + 1) entry.compiled = this.#compile(document, operationName);
    return entry.compiled;
  }

  #compile(document: DocumentNode, operationName: string | null): CompiledQuery | null {
    const compiled = compileQuery(this.schema, document, operationName ?? undefined);
    return isCompiledQuery<CompiledQuery, ExecutionResult>(compiled) ? compiled : null;
  }
}
