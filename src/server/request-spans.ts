import type { FastifyInstance } from "fastify";
import type { SpanValues } from "../domain/tracing";
import type { RequestContext } from "../graphql/context";
import { isGraphRequest, shownName, type RequestSpan } from "./request-outcome";
import { traceParentOf, type TraceParent } from "./trace-parent";

/** Traces of requests. */
export interface RequestTracing {
  /** Begins the span of a request. @param parent the caller's span; `null`: a new trace begins. */
  begin(name: string, values: SpanValues, parent: TraceParent | null): RequestSpan;
}

/** Makes a span of each request to the graph. */
export function traceRequests(app: FastifyInstance, tracing: RequestTracing): void {
  app.addHook("onRequest", (request, _, done) => {
    const { method, headers } = request;
    const route = request.routeOptions.url ?? "";
    const values = { "http.request.method": method, "http.route": route };
    if (isGraphRequest(request))
      request.requestSpan = tracing.begin(`${method} ${route}`, values, traceParentOf(headers));
    done();
  });
  app.addHook("onResponse", (request, { statusCode }, done) => {
    const { requestSpan } = request;
    const failure = statusCode >= 500 ? String(statusCode) : null;
    if (requestSpan?.isRecorded) requestSpan.end({ "http.response.status_code": statusCode }, failure);
    done();
  });
}

/**
 * Executes an operation, in a span of its own where its request has one. The names are those of OpenTelemetry's conventions for
 * GraphQL.
 */
export function inOperationSpan<T>(
  requestSpan: RequestSpan | null,
  context: RequestContext,
  work: () => Promise<T>,
): Promise<T> {
  if (!requestSpan?.isRecorded) return work();
  return requestSpan.span("GraphQL Operation", {}, async (span) => {
    const result = await work();
    span.set(valuesOf(context));
    return result;
  });
}

function valuesOf({ operation: { name, type, lane }, spending }: RequestContext): SpanValues {
  const { calls, credits } = spending.totals;
  return {
    ...(name === null ? {} : { "graphql.operation.name": shownName(name) }),
    ...(type === null ? {} : { "graphql.operation.type": type }),
    "tributary.lane": lane ?? "none",
    "tributary.calls": calls,
    "tributary.credits": credits,
  };
}
