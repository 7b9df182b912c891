import type { FastifyRequest } from "fastify";
import type { RequestContext } from "../../graphql/context";
import type { OperationCheck } from "../limits/operation-check";
import { creditsReport, hasCreditsReport, type CreditsReport } from "../credits";
import type { CoercedVariables } from "../limits/operation-cost";
import type { KnownOperations, NamedOperation } from "../operations/known-operations";
import type { GivenVariables, Operation } from "../operations/operation";
import { toBuffer, toByteText, type ByteText } from "./byte-text";
import { formatErrors, type FormatError } from "./formatted-errors";
import type { QueryResult } from "./prepared-query";
import type { QueryExecutor } from "./query-executor";

export interface FastLaneDependencies {
  readonly operations: KnownOperations;
  readonly executor: QueryExecutor;
  readonly operationCheck: OperationCheck;
  readonly formatError: FormatError;
}

export interface FastAnswer {
  readonly contentType: string;
  readonly body: Buffer;
}

interface SentOperation extends NamedOperation {
  readonly variables: GivenVariables;
}

/**
 * Answers plain POST requests for queries that Apollo Server has validated before. Rejected and unusual requests go to Apollo
 * Server, before anything has run here.
 */
export class FastLane {
  constructor(private readonly dependencies: FastLaneDependencies) {}

  /** `null` where Apollo Server must answer the request. */
  async answer(request: Pick<FastifyRequest, "headers" | "body">, context: RequestContext): Promise<FastAnswer | null> {
    const { operations, executor } = this.dependencies;
    const contentType = contentTypeFor(request);
    const sent = contentType && plainBody(request.body);
    const operation = sent && operations.find(sent);
    if (!operation) return null;
    context.nameOperation(operation.definition);
    const variables = this.#variablesFor(operation, sent, context);
    if (!variables) return null;
    const result = await executor.runWith(operation, variables, context);
    if (!result) return null;
    context.operation.lane = "fast";
    const credits = hasCreditsReport(context) ? await creditsReport(context) : null;
    return { contentType, body: toBuffer(this.#bodyOf(result, sent, operation, credits)) };
  }

  /** As they are executed; `null` where the operation is refused, or its variables are wrong. */
  #variablesFor(operation: Operation, { variables }: SentOperation, context: RequestContext): CoercedVariables | null {
    try {
      return this.dependencies.operationCheck.check(operation, variables, context);
    } catch {
      return null; // Apollo Server has it checked again, and says what was wrong
    }
  }

  /** The body as Apollo Server writes it, including the line feed at the end. */
  #bodyOf(
    { data, errors }: QueryResult,
    { text }: SentOperation,
    { document }: Operation,
    credits: CreditsReport | null,
  ): ByteText {
    const end = credits === null ? "}\n" : `,"extensions":${JSON.stringify({ credits })}}\n`;
    if (errors.length === 0) return `{"data":${data}${end}`;
    const formatted = formatErrors(errors, text, document, this.dependencies.formatError);
    return `{"errors":${toByteText(JSON.stringify(formatted))},"data":${data}${end}`;
  }
}

/** The media type that Apollo Server would use; `null` where that is not obvious. */
function contentTypeFor({ headers }: Pick<FastifyRequest, "headers">): string | null {
  if (headers["apollo-federation-include-trace"] !== undefined) return null;
  if (!headers["content-type"]?.startsWith("application/json")) return null;
  const { accept = "*/*" } = headers;
  if (accept === "*/*" || accept === "application/json") return "application/json; charset=utf-8";
  const prefersOwnType =
    accept.startsWith("application/graphql-response+json,") || accept === "application/graphql-response+json";
  return prefersOwnType ? "application/graphql-response+json; charset=utf-8" : null;
}

/** The operation in a body that has only an operation, and perhaps the client's name and version, as Apollo Client sends them. */
function plainBody(body: unknown): SentOperation | null {
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
