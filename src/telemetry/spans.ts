import type * as OpenTelemetry from "@opentelemetry/api";
import type { Context, Span as OpenSpan, Tracer } from "@opentelemetry/api";
import { NO_SPAN, NO_TRACING, type Span, type Tracing } from "../domain/tracing";
import type { RequestSpan } from "../server/request-outcome";
import type { ActiveSpan } from "./active-span";

/** What spans are made with. */
export interface SpanParts {
  readonly api: typeof OpenTelemetry;
  readonly tracer: Tracer;
  readonly active: ActiveSpan;
}

/** Runs `work` in a span inside the one that runs now; outside of recorded operations there is none, and no span is made. */
export function spansOf(parts: SpanParts): Tracing["span"] {
  return (name, values, work, kind) => {
    const parent = parts.active.get();
    return parent ? spansInside(parts, parent)(name, values, work, kind) : work(NO_SPAN);
  };
}

/** Runs `work` in a span inside `parent`. A rejection marks it as failed: its class, never its message. */
function spansInside({ api, tracer, active }: SpanParts, parent: Context): Tracing["span"] {
  return async (name, values, work, kind = "internal") => {
    const options = { attributes: values, kind: kind === "client" ? api.SpanKind.CLIENT : api.SpanKind.INTERNAL };
    const open = tracer.startSpan(name, options, parent);
    const span = spanOf(api, open);
    active.open();
    try {
      return await active.run(api.trace.setSpan(parent, open), () => work(span));
    } catch (error) {
      span.fail(typeOf(error));
      throw error;
    } finally {
      open.end();
      active.close();
    }
  };
}

/** The span of a request, for the server. */
export function requestSpanOf(parts: SpanParts, open: OpenSpan): RequestSpan {
  const { traceId } = open.spanContext();
  if (!open.isRecording()) return new UnrecordedRequest(traceId);
  const { trace, ROOT_CONTEXT } = parts.api;
  return {
    traceId,
    isRecorded: true,
    span: spansInside(parts, trace.setSpan(ROOT_CONTEXT, open)),
    end: (values, failure) => {
      open.setAttributes(values);
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

function spanOf({ SpanStatusCode }: SpanParts["api"], open: OpenSpan): Span {
  return {
    set: (values) => void open.setAttributes(values),
    fail: (type) => {
      open.setAttribute("error.type", type);
      open.setStatus({ code: SpanStatusCode.ERROR });
    },
  };
}

/** The code of an error, or else its class. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
