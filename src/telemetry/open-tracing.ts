import type * as OpenTelemetry from "@opentelemetry/api";
import type { SpanContext } from "@opentelemetry/api";
import type { Logger } from "pino";
import type { Tracing } from "../domain/tracing";
import type { RequestTracing } from "../server/request-spans";
import type { TraceParent } from "../server/trace-parent";
import { ActiveSpan } from "./active-span";
import { requestSpanOf, spansOf } from "./spans";

/** Traces that are sent to an OTLP collector. */
export interface OpenTracing extends RequestTracing, Tracing {
  /** Sends what was not sent yet. Never rejects. */
  close(): Promise<void>;
}

const NAME = "tributary";

/** A stop may take ten seconds in all. */
const CLOSE_WITHIN_MS = 2_000;

/**
 * Loads OpenTelemetry's SDK, which reads its own variables (`OTEL_*`) from the process's environment: headers for the collector, the
 * sampler, the service's name. Nothing is patched and nothing is global: only the spans that are made here exist.
 */
export async function openTracing(url: string, log: Logger): Promise<OpenTracing> {
  const [api, { BasicTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, resources] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace-base"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const report = (reason: string): void => log.warn({ reason: reason.slice(0, 300) }, "traces could not be sent");
  reportFailures(api, report);
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources;
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ "service.name": NAME }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  const tracer = provider.getTracer(NAME);
  const active = new ActiveSpan();
  const parts = { api, tracer, active };
  return {
    span: spansOf(parts),
    begin: (name, values, parent) => {
      const context = parent
        ? api.trace.setSpanContext(api.ROOT_CONTEXT, remote(parent, api.TraceFlags.SAMPLED))
        : api.ROOT_CONTEXT;
      const options = { attributes: values, kind: api.SpanKind.SERVER };
      return requestSpanOf(parts, tracer.startSpan(name, options, context));
    },
    close: async () => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref());
      await Promise.race([provider.shutdown().catch((error: unknown) => report(String(error))), late]);
    },
  };
}

function remote({ traceId, spanId, isSampled }: TraceParent, sampled: number): SpanContext {
  return { traceId, spanId, traceFlags: isSampled ? sampled : 0, isRemote: true };
}

/** Has the SDK report failures, such as a collector that does not answer. */
function reportFailures({ diag, DiagLogLevel }: typeof OpenTelemetry, report: (reason: string) => void): void {
  const ignore = (): void => undefined;
  const logger = { error: report, warn: ignore, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
}
