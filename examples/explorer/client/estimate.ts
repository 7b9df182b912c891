import type { ApolloClient, OperationVariables, TypedDocumentNode } from "@apollo/client";
import { print } from "graphql";
import type { Provider } from "../generated/graphql";
import { REQUEST_HEADERS, sendRequest } from "./requests";

/** The most that an operation can make and cost now, in the credits of each provider. */
export interface Estimate {
  readonly providers: readonly {
    readonly provider: Provider;
    readonly calls: number;
    readonly credits: number;
    /** What the month's budget has left; `null`: there is none. */
    readonly left: number | null;
  }[];
}

/**
 * Asks what a query may cost, with the text that `client` would send of it; it is not run.
 *
 * @returns `null` where that cannot be told.
 */
export async function estimateOf<Variables extends OperationVariables>(
  client: ApolloClient,
  query: TypedDocumentNode<unknown, Variables>,
  variables: Variables,
): Promise<Estimate | null> {
  const document = client.documentTransform.transformDocument(query);
  const response = await sendRequest("/graphql/estimate", {
    method: "POST",
    headers: { ...REQUEST_HEADERS, "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const answer: unknown = response.ok ? await response.json() : null;
  return isEstimate(answer) ? answer : null;
}

/** What is wrong with an operation is answered as the graph does, with `errors`. */
function isEstimate(answer: unknown): answer is Estimate {
  return typeof answer === "object" && answer !== null && "providers" in answer;
}
