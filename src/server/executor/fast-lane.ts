import type { FastifyRequest } from "fastify";
import type { RequestContext } from "../../graphql/context";
import type { OperationLimiter } from "../limits/operation-limiter";
import type { KnownOperations } from "../operations/known-operations";
import type { Compiled, CompiledQueries } from "./compiled-queries";
import { formatCompiledResult, type FormatError } from "./compiled-result";
import type { AskedAnswer, KeptAnswers, Recall } from "./kept-answers";

export interface FastLaneDependencies {
  readonly operations: KnownOperations;
  readonly queries: CompiledQueries;
  readonly kept: KeptAnswers;
  readonly limiter: OperationLimiter;
  readonly formatError: FormatError;
}

export interface FastAnswer {
  readonly contentType: string;
  readonly body: string | Buffer;
}

/**
 * Answers plain POST requests for operations that Apollo Server has let through before and that are compiled since.
 * Their text is known to be valid; what depends on the request (limits, variables) is checked as ever. Everything else,
 * and everything that is refused, goes the whole way through Apollo Server.
 */
export class FastLane {
  constructor(private readonly dependencies: FastLaneDependencies) {}

  /** `null` where the request has to go the whole way. */
  async answer(request: FastifyRequest, contextOf: () => RequestContext): Promise<FastAnswer | null> {
    const { queries, kept } = this.dependencies;
    const contentType = contentTypeFor(request);
    const asked = contentType && plainBody(request.body);
    const compiled = asked && queries.find(asked);
    if (!compiled) return null;
    const context = contextOf();
    const recall = compiled.isRecorded ? kept.recall(asked, context) : null;
    const body = (await recall?.body()) ?? (await this.#make(compiled, asked, context, recall));
    return body === null ? null : { contentType, body };
  }

  async #make(
    compiled: Compiled,
    asked: AskedAnswer,
    context: RequestContext,
    recall: Recall | null,
  ): Promise<string | null> {
    if (!recall?.isKnown && !this.#isWithinLimits(asked)) return null;
    const result = await compiled.run(recall?.roots, context, asked.variables);
    const formatted = formatCompiledResult(result, this.dependencies.formatError);
    if (!formatted) return null;
    const body = JSON.stringify(formatted);
    if (!formatted.errors) await recall?.keep(body);
    return body;
  }

  #isWithinLimits(asked: AskedAnswer): boolean {
    const operation = this.dependencies.operations.find(asked);
    if (!operation) return false;
    try {
      this.dependencies.limiter.check(operation, asked.variables);
      return true;
    } catch {
      return false; // Apollo Server has it checked again, and says what was wrong
    }
  }
}

/** What Apollo Server would answer with; `null` where that is not plain to see. */
function contentTypeFor({ headers }: FastifyRequest): string | null {
  if (headers["apollo-federation-include-trace"] !== undefined) return null;
  if (!headers["content-type"]?.startsWith("application/json")) return null;
  const { accept = "*/*" } = headers;
  if (accept === "*/*" || accept === "application/json") return "application/json; charset=utf-8";
  const prefersOwnType =
    accept.startsWith("application/graphql-response+json,") || accept === "application/graphql-response+json";
  return prefersOwnType ? "application/graphql-response+json; charset=utf-8" : null;
}

/** A body with nothing but an operation in it, or also which client sends it, as Apollo Client does. */
function plainBody(body: unknown): AskedAnswer | null {
  if (!isRecord(body)) return null;
  const { query: text, operationName, variables, extensions, ...others } = body;
  if (typeof text !== "string" || Object.keys(others).length > 0) return null;
  if (
    extensions != null &&
    !(isRecord(extensions) && Object.keys(extensions).every((name) => name === "clientLibrary"))
  )
    return null;
  if (operationName != null && typeof operationName !== "string") return null;
  if (variables != null && !isRecord(variables)) return null;
  return { text, operationName: operationName ?? undefined, variables: variables ?? {} };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
