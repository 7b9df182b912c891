import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { InputError, NoRowsError, ProviderError } from "../domain/errors";
import { toIssue } from "../feeds/nodes";

/** Told of every error that nobody foresaw; the client sees none of it. */
export type ReportBug = (error: unknown) => void;

/**
 * Turns what was thrown into what a client sees: the only place that knows the codes of `errors[].extensions`.
 * Errors of the request itself keep GraphQL's own messages; what nobody foresaw is reported and masked.
 */
export function formatErrorWith(
  reportBug: ReportBug,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = originalOf(error);
    const { message, extensions } = describe(cause, formatted, reportBug);
    const { locations, path } = formatted;
    return { message, ...(locations ? { locations } : {}), ...(path ? { path } : {}), extensions };
  };
}

type Described = Required<Pick<GraphQLFormattedError, "message" | "extensions">>;

function describe(cause: unknown, formatted: GraphQLFormattedError, reportBug: ReportBug): Described {
  if (cause instanceof InputError) return { message: cause.message, extensions: { code: cause.code } };
  if (cause instanceof ProviderError) return { message: cause.message, extensions: extensionsOf(cause) };
  if (cause instanceof NoRowsError) {
    const [first] = cause.failures;
    const issues = cause.failures.map(toIssue);
    return { message: cause.message, extensions: { ...extensionsOf(first), issues } };
  }
  const code = formatted.extensions?.["code"];
  // GraphQL's own words on the request: they quote nothing that the client did not send. Where GraphQL gives no code,
  // Apollo takes it for a bug.
  if (cause === null) {
    const known = code !== undefined && code !== "INTERNAL_SERVER_ERROR";
    return { message: formatted.message, extensions: { code: known ? code : "BAD_USER_INPUT" } };
  }
  reportBug(cause);
  return { message: "Something went wrong on our side.", extensions: { code: "INTERNAL_SERVER_ERROR" } };
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
