import type * as OpenTelemetry from "@opentelemetry/api";
import type * as Resources from "@opentelemetry/resources";
import type { Resource } from "@opentelemetry/resources";
import type { Logger } from "pino";
import type { Tracing } from "../domain/tracing";
import type { RequestTracing } from "../server/request-spans";
import { ActiveSpan } from "./active-span";
import { beginRequests } from "./recorded-requests";
import { samplerOf } from "./sampler";
import { spansOf } from "./spans";
import { TraceIds } from "./trace-ids";

/** Traces that are sent to an OTLP collector. */
export interface OpenTracing extends RequestTracing, Tracing {
  /** Sends what was not sent yet. Never rejects. */
  close(): Promise<void>;
}

const NAME = "tributary";

/** A stop may take ten seconds in all. */
const CLOSE_WITHIN_MS = 2_000;

/**
 * Loads OpenTelemetry's SDK, which reads its own variables (`OTEL_*`) from the process's environment: headers for the collector,
 * limits, the service's name. Nothing is patched and nothing is global: only the spans that are made here exist.
 */
export async function openTracing(url: string, log: Logger): Promise<OpenTracing> {
  const [api, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace-base"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const isRecorded = samplerOf(process.env, { api, sdk }, (reason) =>
    log.warn({ reason }, "a setting of traces is not accepted"),
  );
  const ids = new TraceIds();
  const provider = new sdk.BasicTracerProvider({
    resource: resourceOf(resources),
    sampler: new sdk.AlwaysOnSampler(), // of requests: a span is begun only where its request is recorded
    idGenerator: ids,
    spanProcessors: [new sdk.BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  const parts = { api, tracer: provider.getTracer(NAME), active: new ActiveSpan() };
  const report = (reason: string): void => log.warn({ reason: reason.slice(0, 300) }, "traces could not be sent");
  reportFailures(api, report); // from here on: of a wrong setting, the sampler has told
  return {
    span: spansOf(parts),
    begin: beginRequests(parts, { isRecorded, ids }),
    close: async () => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref());
      await Promise.race([provider.shutdown().catch((error: unknown) => report(String(error))), late]);
    },
  };
}

function resourceOf({
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
}: typeof Resources): Resource {
  return defaultResource()
    .merge(resourceFromAttributes({ "service.name": NAME }))
    .merge(detectResources({ detectors: [envDetector] }));
}

/** Has the SDK report failures, such as a collector that does not answer. */
function reportFailures({ diag, DiagLogLevel }: typeof OpenTelemetry, report: (reason: string) => void): void {
  const ignore = (): void => undefined;
  const logger = { error: report, warn: ignore, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
}
