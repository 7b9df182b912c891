import type { FastifyInstance, FastifyRequest } from "fastify";
import type { SpanValues, Tracing } from "../domain/tracing";
import type { RequestContext } from "../graphql/context";

declare module "fastify" {
  interface FastifyRequest {
    /** The context of its operation; `null` where none was begun. */
    graphContext: RequestContext | null;
    /** The code of the error with which the whole request was refused; `null` where it was not. */
    refusal: string | null;
    /** Its span; `null` where it is not traced. */
    requestSpan: RequestSpan | null;
  }
}

/** The span of a request, from its first byte to the end of its answer. Where it is not recorded, no span is made inside it. */
export interface RequestSpan extends Tracing {
  readonly traceId: string;
  readonly isRecorded: boolean;
  /** @param failure why the request failed, as a word; `null` where it did not. */
  end(values: SpanValues, failure: string | null): void;
}

/** Lets requests keep what became of them, for their metrics and log lines. */
export function keepOutcomes(app: FastifyInstance): void {
  app.decorateRequest("graphContext", null);
  app.decorateRequest("refusal", null);
  app.decorateRequest("requestSpan", null);
}

/** Whether a request is one to the graph: an operation, or its estimate. */
export function isGraphRequest({ routeOptions: { url } }: FastifyRequest): boolean {
  return url === "/graphql" || url === "/graphql/estimate";
}

/** A longer name of an operation is cut: it is text of the client. */
const MOST_CHARACTERS = 100;

/** The name of an operation as logs and traces have it. By the grammar of GraphQL it has only letters, digits and `_`. */
export function shownName(name: string): string {
  return name.slice(0, MOST_CHARACTERS);
}
