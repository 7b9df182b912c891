import type { GraphQLFormattedError } from "graphql";

/** GraphQL's parser has a limit of tokens, but calls passing it a syntax error; that text is all that tells it. */
const TOKEN_LIMIT = /^Syntax Error: Document contains more tha\w (\d+) tokens/;

/** Gives the parser's token limit the code of the other limits. */
export function recodeTokenLimit(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const limit = TOKEN_LIMIT.exec(formatted.message)?.[1];
  if (limit === undefined) return formatted;
  return {
    message: `This document has more than ${limit} tokens, which is the most that is read. Send a shorter one. Nothing was executed.`,
    extensions: { code: "OPERATION_TOO_COSTLY" },
  };
}
