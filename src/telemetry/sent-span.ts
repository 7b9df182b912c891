import type { SpanContext } from "@opentelemetry/api";
import type { Resource } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";

/** A span as it can be sent to another thread. All spans have the same resource, which is sent once. */
export interface SentSpan extends Omit<ReadableSpan, "spanContext" | "resource"> {
  readonly context: SpanContext;
}

export function toSentSpan(span: ReadableSpan): SentSpan {
  return {
    name: span.name,
    kind: span.kind,
    context: span.spanContext(),
    ...(span.parentSpanContext && { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    status: span.status,
    attributes: span.attributes,
    links: span.links,
    events: span.events,
    duration: span.duration,
    ended: span.ended,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}

export function fromSentSpan({ context, ...span }: SentSpan, resource: Resource): ReadableSpan {
  return { ...span, spanContext: () => context, resource };
}

/** What the thread is given when it begins. */
export interface ThreadData {
  /** The collector's address. */
  readonly url: string;
  readonly resource: Resource["attributes"];
}

/** Spans for the collector. */
export interface SendRequest {
  readonly id: number;
  readonly spans: readonly SentSpan[];
}

/** What became of a request, or something else that failed. `failure` is `null` where the collector took the spans. */
export type ThreadMessage =
  { readonly id: number; readonly failure: string | null } | { readonly id: null; readonly failure: string };
