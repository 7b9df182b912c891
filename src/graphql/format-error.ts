import { GraphQLError, isEnumType, type GraphQLFormattedError, type GraphQLSchema } from "graphql";
import { AccessError, InputError, NoRowsError, ProviderError } from "../domain/errors";
import { toIssue } from "../feeds/nodes";

/** Called with every unexpected error; the client does not see it. */
export type ReportBug = (error: unknown) => void;

/**
 * Converts an error to the one that the client sees. Only this file knows the codes of `errors[].extensions`. Errors of the
 * request keep the message of graphql-js; unexpected errors are reported and masked.
 *
 * @param shown the schema, if messages may name parts of it that are not in the request; else `null`.
 */
export function formatErrorWith(
  reportBug: ReportBug,
  shown: GraphQLSchema | null,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = originalOf(error);
    if (cause instanceof RangeError && formatted.extensions?.["code"] === PARSE_FAILED) return tooCostly(TOO_DEEP);
    return cause === null ? requestError(formatted, shown) : placed(formatted, describe(cause, reportBug));
  };
}

/** The parser reports its limit of tokens as a syntax error, which is recognised by its message only. */
const TOKEN_LIMIT = /^Syntax Error: Document contains more tha\w (\d+) tokens/;

const PARSE_FAILED = "GRAPHQL_PARSE_FAILED";

/** A document within the limit of tokens can still be nested more deeply than the parser's stack allows. */
const TOO_DEEP = "This document is nested too deeply to be read. Send a flatter one.";

type Described = Required<Pick<GraphQLFormattedError, "message" | "extensions">>;

function describe(cause: unknown, reportBug: ReportBug): Described {
  if (cause instanceof InputError) return { message: cause.message, extensions: { code: cause.code } };
  if (cause instanceof AccessError) return { message: cause.message, extensions: { code: "FORBIDDEN" } };
  if (cause instanceof ProviderError) return { message: cause.message, extensions: extensionsOf(cause) };
  if (cause instanceof NoRowsError) {
    const [first] = cause.failures;
    const issues = cause.failures.map(toIssue);
    return { message: cause.message, extensions: { ...extensionsOf(first), issues } };
  }
  reportBug(cause);
  return { message: "Something went wrong on our side.", extensions: { code: "INTERNAL_SERVER_ERROR" } };
}

function tooCostly(message: string): GraphQLFormattedError {
  return { message: `${message} Nothing was executed.`, extensions: { code: "OPERATION_TOO_COSTLY" } };
}

/**
 * An error of the request, with the message of graphql-js. Without suggestions, it quotes nothing that the client did not
 * send.
 */
function requestError(formatted: GraphQLFormattedError, shown: GraphQLSchema | null): GraphQLFormattedError {
  const { message, extensions } = formatted;
  const maxTokens = TOKEN_LIMIT.exec(message)?.[1];
  if (maxTokens !== undefined) {
    return tooCostly(
      `This document has more than ${maxTokens} tokens, which is the most that is read. Send a shorter one.`,
    );
  }
  // Apollo Server sets this code for errors of graphql-js that have none, although the request is wrong.
  const code = extensions?.["code"] ?? "INTERNAL_SERVER_ERROR";
  return placed(formatted, {
    message: shown ? withEnumValues(message, shown) : withoutSuggestion(message),
    extensions: { code: code === "INTERNAL_SERVER_ERROR" ? "BAD_USER_INPUT" : code },
  });
}

/** The message of graphql-js for an unknown enum value, as a literal and as a variable. */
const NO_ENUM_VALUE = /(?:^|; )(?:Value "\w{1,100}" does not exist in "(\w+)" enum|Enum "(\w+)" cannot represent non-)/;

/** Adds the accepted values to such a message. */
function withEnumValues(message: string, schema: GraphQLSchema): string {
  const [, missing, other] = NO_ENUM_VALUE.exec(message) ?? [];
  const type = schema.getType(missing ?? other ?? "");
  if (!isEnumType(type)) return message;
  const values = type.getValues().map(({ name }) => name);
  return `${message} It takes ${values.join(", ")}.`;
}

/**
 * Removes the suggested names of the schema at the end of a message. Not with a regular expression: messages quote values of
 * the caller, and a pattern that tries every "Did you mean" in them takes quadratic time.
 */
function withoutSuggestion(message: string): string {
  const start = message.endsWith("?") ? message.lastIndexOf("Did you mean ") : -1;
  return start === -1 ? message : message.slice(0, start).trimEnd();
}

/** Adds the locations in the document and the path in the answer. */
function placed({ locations, path }: GraphQLFormattedError, { message, extensions }: Described): GraphQLFormattedError {
  return { message, ...(locations ? { locations } : {}), ...(path ? { path } : {}), extensions };
}

function extensionsOf({ code, provider, retryable, retryAfter }: ProviderError): Record<string, unknown> {
  return { code, provider, retryable, ...(retryAfter ? { retryAfter: retryAfter.toISOString() } : {}) };
}

/** The error that a resolver threw; `null` where graphql-js rejected the request. */
function originalOf(error: unknown): unknown {
  if (!(error instanceof GraphQLError)) return error;
  const { originalError, path } = error;
  if (path === undefined) return error.nodes || !originalError ? null : originalOf(originalError);
  // An error about an argument has nodes; an error about a value that a resolver returned has none.
  if (originalError instanceof GraphQLError) return originalError.nodes ? null : originalError;
  return originalError ?? (error.nodes ? null : error);
}
