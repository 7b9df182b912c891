import type * as OpenTelemetry from "@opentelemetry/api";
import type { Context, Span as OpenSpan, Tracer } from "@opentelemetry/api";
import { NO_SPAN, type Span, type Tracing } from "../domain/tracing";
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
export function spansInside({ api, tracer, active }: SpanParts, parent: Context): Tracing["span"] {
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

/** An open span of the SDK, as the rest of the program sees it. */
export function spanOf({ SpanStatusCode }: SpanParts["api"], open: OpenSpan): Span {
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
