import type * as Resources from "@opentelemetry/resources";
import type { Resource } from "@opentelemetry/resources";
import type { Logger } from "pino";
import type { Tracing } from "../domain/tracing";
import type { RequestTracing } from "../server/request-spans";
import { ActiveSpan } from "./active-span";
import { beginRequests } from "./recorded-requests";
import { reportFailures } from "./report-failures";
import { samplerOf } from "./sampler";
import { spansOf } from "./spans";
import { ThreadedExporter } from "./threaded-exporter";
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
  const [api, sdk, resources] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace-base"),
    import("@opentelemetry/resources"),
  ]);
  const isRecorded = samplerOf(process.env, { api, sdk }, (reason) =>
    log.warn({ reason }, "a setting of traces is not accepted"),
  );
  const report = (reason: string): void => log.warn({ reason: reason.slice(0, 300) }, "traces could not be sent");
  const ids = new TraceIds();
  const resource = resourceOf(resources);
  const exporter = new ThreadedExporter({ url, resource: resource.attributes }, report);
  const provider = new sdk.BasicTracerProvider({
    resource,
    sampler: new sdk.AlwaysOnSampler(), // of requests: a span is begun only where its request is recorded
    idGenerator: ids,
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  const parts = { api, tracer: provider.getTracer(NAME), active: new ActiveSpan() };
  reportFailures(api, report); // from here on: of a wrong setting, the sampler has told
  return {
    span: spansOf(parts),
    begin: beginRequests(parts, { isRecorded, ids }),
    close: async () => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref());
      await Promise.race([provider.shutdown().catch((error: unknown) => report(String(error))), late]);
      await exporter.shutdown();
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
