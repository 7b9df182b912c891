import type { GraphiQLProps } from "graphiql";
import { GraphQLError, getOperationAST, parse } from "graphql";
import { pageKey } from "./key/page-key";
import { fillPlaceholders, remember, type Seen } from "./placeholders";

type Fetcher = GraphiQLProps["fetcher"];
type Result = Awaited<ReturnType<Fetcher>>;

/** What sends GraphiQL's operations. */
export interface PlaygroundFetcher {
  readonly fetcher: Fetcher;
  /** Has the operation that `run` sends estimated, not run. */
  readonly estimate: (run: () => void) => void;
}

/**
 * Sends GraphiQL's operations to `url`, or to its estimates, with the placeholders in their variables filled in from earlier
 * answers. They carry the key of the page, if it has one. A placeholder that no answer has filled yet, like an answer that is not JSON, is a result with `errors`.
 */
export function createFetcher(url: string): PlaygroundFetcher {
  let seen: Seen = {};
  let target = url;

  const fetcher: Fetcher = async ({ query, operationName, variables }, { headers } = {}): Promise<Result> => {
    const asked = target;
    const filled = fillPlaceholders(variables, seen);
    if (filled.kind === "unfilled") return failure(filled.message);

    const body = { query, operationName: nameOf(query, operationName), variables: filled.variables };
    const response = await post(asked, headers, body);
    if (!response.headers.get("content-type")?.includes("json")) {
      return failure(`${asked} answered ${response.status} ${response.statusText}, and not with JSON.`);
    }
    const result = (await response.json()) as Result;
    if (asked === url) seen = remember(seen, result);
    return result;
  };
  // GraphiQL calls the fetcher before its `run` returns, if at all
  const estimate = (run: () => void): void => {
    target = `${url}/estimate`;
    try {
      run();
    } finally {
      target = url;
    }
  };
  return { fetcher, estimate };
}

/** Every request of the playground to the graph. */
function post(url: string, headers: Readonly<Record<string, unknown>> | undefined, body: object): Promise<Response> {
  return pageKey.fetch(url, {
    method: "POST",
    headers: {
      accept: "application/graphql-response+json, application/json",
      ...headers,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
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
