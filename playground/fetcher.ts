import type { GraphiQLProps } from "graphiql";
import { GraphQLError, getOperationAST, parse } from "graphql";
import { pageKey } from "./key/page-key";
import { fillPlaceholders, remember, type Seen } from "./placeholders";

type Fetcher = GraphiQLProps["fetcher"];
type Result = Awaited<ReturnType<Fetcher>>;

/**
 * Sends GraphiQL's operations to `url`, with the placeholders in their variables filled in from earlier answers.
 * They carry the key of the page, if it has one. A placeholder that no answer has filled yet, like an answer that is not JSON,
 * is a result with `errors`.
 */
export function createFetcher(url: string): Fetcher {
  let seen: Seen = {};

  return async ({ query, operationName, variables }, { headers } = {}): Promise<Result> => {
    const filled = fillPlaceholders(variables, seen);
    if (filled.kind === "unfilled") return failure(filled.message);

    const response = await pageKey.fetch(url, {
      method: "POST",
      headers: {
        accept: "application/graphql-response+json, application/json",
        ...headers,
        "content-type": "application/json",
      },
      body: JSON.stringify({ query, operationName: nameOf(query, operationName), variables: filled.variables }),
    });
    if (!response.headers.get("content-type")?.includes("json")) {
      return failure(`${url} answered ${response.status} ${response.statusText}, and not with JSON.`);
    }
    const result = (await response.json()) as Result;
    seen = remember(seen, result);
    return result;
  };
}

/**
 * The operation to run. For a moment after a change of tabs GraphiQL still names the other tab's operation; what stands
 * alone in its document needs no name to be found.
 */
function nameOf(query: string, operationName: string | null | undefined): string | null | undefined {
  try {
    return getOperationAST(parse(query))?.name?.value ?? operationName;
  } catch {
    return operationName; // a syntax error is the server's to tell
  }
}

function failure(message: string): Result {
  return { errors: [new GraphQLError(message)] };
}
