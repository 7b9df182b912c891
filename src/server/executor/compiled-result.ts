import { GraphQLError, type ExecutionResult, type FormattedExecutionResult, type GraphQLFormattedError } from "graphql";

export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/**
 * What compiled code answered, as a client sees it; `null` where values had the wrong type: the ordinary executor has the
 * words and the status for that.
 */
export function formatCompiledResult(
  result: ExecutionResult,
  formatError: FormatError,
): FormattedExecutionResult | null {
  const { data, errors = [] } = result;
  if (data === undefined || errors.some(({ originalError }) => !originalError)) return null;
  if (errors.length === 0) return { data };
  return { errors: errors.map((error) => format(error, formatError)), data };
}

/** The compiler has an error class of its own. */
function format(
  { message, locations, path, originalError }: GraphQLError,
  formatError: FormatError,
): GraphQLFormattedError {
  const error = new GraphQLError(message, { path: path ?? null, originalError: originalError ?? null });
  return formatError({ message, ...(locations ? { locations } : {}), ...(path ? { path } : {}) }, error);
}
