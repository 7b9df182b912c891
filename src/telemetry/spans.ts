import type * as OpenTelemetry from "@opentelemetry/api";
import type { Span as OpenSpan, Tracer } from "@opentelemetry/api";
import { NO_SPAN, type Span, type SpanKind, type SpanValues } from "../domain/tracing";
import type { RequestSpan } from "../server/request-outcome";
import type { ActiveSpan } from "./active-span";

/** What spans are made with. */
export interface SpanParts {
  readonly api: typeof OpenTelemetry;
  readonly tracer: Tracer;
  readonly active: ActiveSpan;
}

/** The beginning of a span. */
export interface SpanBeginning {
  readonly name: string;
  readonly values: SpanValues;
  readonly kind: SpanKind;
}

/**
 * Runs `work` in a span, inside the one that runs now; outside of recorded requests there is none, and no span is made. A rejection
 * marks it as failed: its class, never its message.
 */
export async function runSpan<T>(
  { api, tracer, active }: SpanParts,
  { name, values, kind }: SpanBeginning,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const parent = active.get();
  if (!parent) return work(NO_SPAN);
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
}

/** The span of a request, for the server. Where it is not recorded, no span is made inside it. */
export function requestSpanOf({ api, active }: SpanParts, open: OpenSpan): RequestSpan {
  const { traceId } = open.spanContext();
  if (!open.isRecording()) return { traceId, run: (work) => work(), end: () => undefined };
  active.open();
  const context = api.trace.setSpan(api.ROOT_CONTEXT, open);
  return {
    traceId,
    run: (work) => active.run(context, work),
    end: (values, failure) => {
      open.setAttributes(values);
      if (failure !== null) spanOf(api, open).fail(failure);
      open.end();
      active.close();
    },
  };
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
