import { GraphQLError, isEnumType, type GraphQLFormattedError, type GraphQLSchema } from "graphql";
import { InputError, NoRowsError, ProviderError } from "../domain/errors";
import { toIssue } from "../feeds/nodes";

/** Told of every error that nobody foresaw; the client sees none of it. */
export type ReportBug = (error: unknown) => void;

/**
 * Turns what was thrown into what a client sees: the only place that knows the codes of `errors[].extensions`.
 * Errors of the request itself keep GraphQL's own messages; what nobody foresaw is reported and masked.
 *
 * @param shown the schema, where those messages may name parts of it that the request did not name; else `null`.
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

/** The parser reports its limit of tokens as a syntax error: only the message tells them apart. */
const TOKEN_LIMIT = /^Syntax Error: Document contains more tha\w (\d+) tokens/;

const PARSE_FAILED = "GRAPHQL_PARSE_FAILED";

/** Within the limit of tokens, values can still nest more deeply than the parser's stack reaches. */
const TOO_DEEP = "This document nests too deeply to be read. Send a flatter one.";

type Described = Required<Pick<GraphQLFormattedError, "message" | "extensions">>;

function describe(cause: unknown, reportBug: ReportBug): Described {
  if (cause instanceof InputError) return { message: cause.message, extensions: { code: cause.code } };
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

/** An error of the request in GraphQL's own words: but for a suggestion, they quote nothing that the client did not send. */
function requestError(formatted: GraphQLFormattedError, shown: GraphQLSchema | null): GraphQLFormattedError {
  const { message, extensions } = formatted;
  const maxTokens = TOKEN_LIMIT.exec(message)?.[1];
  if (maxTokens !== undefined) {
    return tooCostly(
      `This document has more than ${maxTokens} tokens, which is the most that is read. Send a shorter one.`,
    );
  }
  // Where GraphQL gives no code, Apollo Server takes the error for a bug of the server.
  const code = extensions?.["code"] ?? "INTERNAL_SERVER_ERROR";
  return placed(formatted, {
    message: shown ? withEnumValues(message, shown) : withoutSuggestion(message),
    extensions: { code: code === "INTERNAL_SERVER_ERROR" ? "BAD_USER_INPUT" : code },
  });
}

/** How GraphQL begins to tell of an enum value that there is none of, as a literal and as a variable. */
const NO_ENUM_VALUE = /(?:^|; )(?:Value "\w{1,100}" does not exist in "(\w+)" enum|Enum "(\w+)" cannot represent non-)/;

/** Adds the values that there are to a message that tells of another one. */
function withEnumValues(message: string, schema: GraphQLSchema): string {
  const [, missing, other] = NO_ENUM_VALUE.exec(message) ?? [];
  const type = schema.getType(missing ?? other ?? "");
  if (!isEnumType(type)) return message;
  const values = type.getValues().map(({ name }) => name);
  return `${message} It takes ${values.join(", ")}.`;
}

/**
 * Cuts off the names of the schema that GraphQL suggests at the end of a message. Not by a regular expression: a message
 * quotes the caller's values, and one that tries every "Did you mean" in them takes time that grows with their square.
 */
function withoutSuggestion(message: string): string {
  const start = message.endsWith("?") ? message.lastIndexOf("Did you mean ") : -1;
  return start === -1 ? message : message.slice(0, start).trimEnd();
}

/** Adds where in the document, and where in the answer, the error stands. */
function placed({ locations, path }: GraphQLFormattedError, { message, extensions }: Described): GraphQLFormattedError {
  return { message, ...(locations ? { locations } : {}), ...(path ? { path } : {}), extensions };
}

function extensionsOf({ code, provider, retryable, retryAfter }: ProviderError): Record<string, unknown> {
  return { code, provider, retryable, ...(retryAfter ? { retryAfter: retryAfter.toISOString() } : {}) };
}

/** What was thrown while a field was resolved; `null` where GraphQL itself objected to the request. */
function originalOf(error: unknown): unknown {
  if (!(error instanceof GraphQLError)) return error;
  const { originalError, path } = error;
  if (path === undefined) return error.nodes || !originalError ? null : originalOf(originalError);
  // An argument that GraphQL refuses is shown where it stands; a value of ours that it refuses stands nowhere.
  if (originalError instanceof GraphQLError) return originalError.nodes ? null : originalError;
  return originalError ?? (error.nodes ? null : error);
}
