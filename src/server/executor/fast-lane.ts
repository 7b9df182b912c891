import type { FastifyRequest } from "fastify";
import type { RequestContext } from "../../graphql/context";
import type { OperationLimiter } from "../limits/operation-limiter";
import type { AskedOperation, CompiledQueries } from "./compiled-queries";
import { formatCompiledResult, type FormatError } from "./compiled-result";

export interface FastLaneDependencies {
  readonly queries: CompiledQueries;
  readonly limiter: OperationLimiter;
  readonly formatError: FormatError;
}

export interface FastAnswer {
  readonly contentType: string;
  readonly body: string;
}

/** A body with nothing but an operation in it. */
interface PlainBody extends AskedOperation {
  readonly variables: Readonly<Record<string, unknown>>;
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
    const { queries, limiter, formatError } = this.dependencies;
    const contentType = contentTypeFor(request);
    const body = contentType && plainBody(request.body);
    const compiled = body && queries.find(body);
    if (!compiled) return null;
    try {
      limiter.check(compiled, body.variables);
    } catch {
      return null; // Apollo Server has it checked again, and says what was wrong
    }
    const result = formatCompiledResult(await compiled.run(undefined, contextOf(), body.variables), formatError);
    return result && { contentType, body: JSON.stringify(result) };
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

function plainBody(body: unknown): PlainBody | null {
  if (!isRecord(body)) return null;
  const { query: text, operationName, variables, ...others } = body;
  if (typeof text !== "string" || Object.keys(others).length > 0) return null;
  if (operationName != null && typeof operationName !== "string") return null;
  if (variables != null && !isRecord(variables)) return null;
  return { text, operationName: operationName ?? undefined, variables: variables ?? {} };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
