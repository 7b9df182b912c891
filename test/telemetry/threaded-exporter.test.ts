import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { SpanStatusCode } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import * as sdk from "@opentelemetry/sdk-trace-base";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { fromSentSpan, toSentSpan } from "../../src/telemetry/sent-span";
import { ThreadedExporter } from "../../src/telemetry/threaded-exporter";

const RESOURCE = resourceFromAttributes({ "service.name": "mine" });

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tributary-thread-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A span with everything that a span can have. */
function finishedSpan(): ReadableSpan {
  const exporter = new sdk.InMemorySpanExporter();
  const provider = new sdk.BasicTracerProvider({
    resource: RESOURCE,
    spanProcessors: [new sdk.SimpleSpanProcessor(exporter)],
    spanLimits: { attributeCountLimit: 1 },
  });
  const span = provider
    .getTracer("test", "1")
    .startSpan("POST", { attributes: { "http.route": "/graphql", dropped: 1 } });
  span.addEvent("event", { nth: 1 });
  span.addLink({ context: span.spanContext() });
  span.setStatus({ code: SpanStatusCode.ERROR, message: "no answer" });
  span.end();
  const [finished] = exporter.getFinishedSpans();
  if (!finished) throw new Error("no span was finished");
  return finished;
}

/** An exporter whose thread runs `script`. */
function exporterOf(script: string) {
  const path = join(folder, "thread.cjs");
  writeFileSync(path, `const { parentPort, workerData } = require("node:worker_threads");\n${script}`);
  const reports: string[] = [];
  const data = { url: "http://127.0.0.1/", resource: RESOURCE.attributes };
  return { exporter: new ThreadedExporter(data, (reason) => reports.push(reason), path), reports };
}

function sending(exporter: ThreadedExporter, spans: readonly ReadableSpan[]) {
  return new Promise((resolve) => exporter.export([...spans], resolve));
}

describe("a span that is sent to another thread", () => {
  it("is the same there", () => {
    const span = finishedSpan();
    const { spanContext, ...there } = fromSentSpan(structuredClone(toSentSpan(span)), RESOURCE);
    expect(spanContext()).toEqual(span.spanContext());
    expect(there).toEqual(
      Object.fromEntries(Object.keys(there).map((key) => [key, Reflect.get(span, key) as unknown])),
    );
    expect(there).toMatchObject({
      name: "POST",
      attributes: { "http.route": "/graphql" },
      droppedAttributesCount: 1,
      status: { code: 2, message: "no answer" },
      events: [{ name: "event", attributes: { nth: 1 } }],
      links: [{ context: span.spanContext() }],
      instrumentationScope: { name: "test", version: "1" },
    });
  });
});

describe("ThreadedExporter", () => {
  it("gives the thread its data and the spans, and tells what became of each request", async () => {
    const { exporter, reports } = exporterOf(`
      parentPort.on("message", ({ id, spans }) => {
        parentPort.postMessage({ id: null, failure: JSON.stringify([workerData, spans.map(({ name }) => name)]) });
        parentPort.postMessage({ id, failure: id === 1 ? null : "refused" });
      });`);
    const span = finishedSpan();
    expect(await Promise.all([sending(exporter, [span]), sending(exporter, [span, span])])).toEqual([
      { code: 0 },
      { code: 1, error: new Error("refused") },
    ]);
    const data = { url: "http://127.0.0.1/", resource: { "service.name": "mine" } };
    expect(reports.map((report) => JSON.parse(report) as unknown)).toEqual([
      [data, ["POST"]],
      [data, ["POST", "POST"]],
    ]);
    await exporter.shutdown();
  });

  it.each([
    ["fails", `parentPort.on("message", () => { throw new Error("out of order"); });`, "Error: out of order"],
    ["ends", `parentPort.on("message", () => process.exit());`, "the thread that sends traces has ended"],
  ])("tells that spans are not sent where the thread %s", async (_, script, reason) => {
    const { exporter, reports } = exporterOf(script);
    const failed = { code: 1, error: new Error(reason) };
    expect(await sending(exporter, [finishedSpan()])).toEqual(failed);
    expect(await sending(exporter, [finishedSpan()])).toEqual(failed);
    expect(reports).toEqual([]);
    await exporter.shutdown();
  });
});
