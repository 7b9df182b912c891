import type { Context } from "@opentelemetry/api";
import { NO_TRACING, type SpanValues, type Tracing } from "../domain/tracing";
import type { RequestSpan } from "../server/request-outcome";
import type { RequestTracing } from "../server/request-spans";
import type { TraceParent } from "../server/trace-parent";
import { spanOf, spansInside, type SpanParts } from "./spans";
import type { IsRecorded } from "./sampler";
import type { TraceIds } from "./trace-ids";

/** What decides which requests are recorded, and gives all of them ids. */
export interface RequestSampling {
  readonly isRecorded: IsRecorded;
  readonly ids: TraceIds;
}

/**
 * Begins the spans of requests. The sampler is asked first: most requests are left out, and those need an id for the log, and nothing
 * else of the SDK.
 */
export function beginRequests(parts: SpanParts, { isRecorded, ids }: RequestSampling): RequestTracing["begin"] {
  return (name, values, parent) => {
    const traceId = parent?.traceId ?? ids.generateTraceId();
    if (!isRecorded(traceId, parent)) return new UnrecordedRequest(traceId);
    const context = parent ? contextOf(parts, parent) : parts.api.ROOT_CONTEXT;
    return ids.withTraceId(traceId, () => recordedRequest(parts, name, values, context));
  };
}

function contextOf({ api }: SpanParts, { traceId, spanId, isSampled }: TraceParent): Context {
  const traceFlags = isSampled ? api.TraceFlags.SAMPLED : api.TraceFlags.NONE;
  return api.trace.setSpanContext(api.ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function recordedRequest(parts: SpanParts, name: string, values: SpanValues, context: Context): RequestSpan {
  const { trace, ROOT_CONTEXT, SpanKind } = parts.api;
  const open = parts.tracer.startSpan(name, { attributes: values, kind: SpanKind.SERVER }, context);
  return {
    traceId: open.spanContext().traceId,
    isRecorded: true,
    span: spansInside(parts, trace.setSpan(ROOT_CONTEXT, open)),
    end: (ended, failure) => {
      open.setAttributes(ended);
      if (failure !== null) spanOf(parts.api, open).fail(failure);
      open.end();
    },
  };
}

/** A request that the sampler left out: it has an id, for the log, and no spans. */
class UnrecordedRequest implements RequestSpan {
  readonly isRecorded = false;

  constructor(readonly traceId: string) {}

  get span(): Tracing["span"] {
    return NO_TRACING.span;
  }

  end(): void {
    // nothing was begun
  }
}
