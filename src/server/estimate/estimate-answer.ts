import type { HTTPGraphQLResponse } from "@apollo/server";
import type { RequestContext } from "../../graphql/context";

type Estimate = Awaited<ReturnType<NonNullable<RequestContext["estimate"]>["total"]>>;

/** The answer to a request for an estimate; `body` is JSON. */
export type EstimateAnswer =
  { readonly kind: "estimate"; readonly estimate: Estimate } | { readonly kind: "errors"; readonly body: string };

interface ErrorsOnly {
  readonly errors?: readonly { readonly extensions?: { readonly provider?: unknown } }[];
}

/**
 * The estimate, or what is wrong with the operation, as the graph says it. Errors of providers do not count: an operation can
 * run with them, and then makes no call.
 */
export async function estimateAnswer(
  { body }: Pick<HTTPGraphQLResponse, "body">,
  estimate: NonNullable<RequestContext["estimate"]>,
): Promise<EstimateAnswer> {
  const text = body.kind === "complete" ? body.string : "{}";
  const { errors = [] } = JSON.parse(text) as ErrorsOnly;
  const wrong = errors.filter(({ extensions }) => extensions?.provider === undefined);
  if (wrong.length > 0) return { kind: "errors", body: JSON.stringify({ errors: wrong }) };
  return { kind: "estimate", estimate: await estimate.total() };
}
