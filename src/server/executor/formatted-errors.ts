import type { DocumentNode, GraphQLError, GraphQLFormattedError } from "graphql";
import { locationsIn } from "../operations/locations";

/** Converts an error to the one that the client sees. */
export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** The errors of a run as the client sees them, with locations in the text that it sent. */
export function formatErrors(
  errors: readonly GraphQLError[],
  text: string,
  document: DocumentNode,
  formatError: FormatError,
): readonly GraphQLFormattedError[] {
  if (errors.length === 0) return [];
  const relocate = locationsIn(text, document);
  return errors.map((error) => {
    const { locations, ...others } = error.toJSON();
    const code = error.extensions["code"] ?? "INTERNAL_SERVER_ERROR"; // as in Apollo Server
    const placed = locations ? { locations: locations.map(relocate) } : {};
    return formatError({ ...others, ...placed, extensions: { ...error.extensions, code } }, error);
  });
}
