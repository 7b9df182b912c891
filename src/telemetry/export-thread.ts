import { parentPort, workerData } from "node:worker_threads";
import * as api from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { reportFailures } from "./report-failures";
import { fromSentSpan, type SendRequest, type ThreadData, type ThreadMessage } from "./sent-span";

// Runs as a thread of its own: `ThreadedExporter` starts it, and says why.
const { url, resource: attributes } = workerData as ThreadData;
const resource = resourceFromAttributes(attributes);
const send = (message: ThreadMessage): void => parentPort?.postMessage(message);
reportFailures(api, (failure) => send({ id: null, failure }));
const exporter = new OTLPTraceExporter({ url });

parentPort?.on("message", ({ id, spans }: SendRequest) => {
  const readable = spans.map((span) => fromSentSpan(span, resource));
  exporter.export(readable, ({ error }) => send({ id, failure: error ? String(error) : null }));
});
