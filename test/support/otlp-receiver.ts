import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface WireValue {
  readonly stringValue?: string;
  readonly intValue?: number | string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
}

interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: WireValue }[];
  readonly status: { readonly code?: number };
}

interface WireTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: WireSpan["attributes"] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

/** A span as a collector got it. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** `null`: it is the first of its trace. */
  readonly parentId: string | null;
  readonly name: string;
  readonly kind: "internal" | "server" | "client" | "other";
  readonly values: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
}

/** A collector of traces on loopback. */
export interface OtlpReceiver {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  /** The attributes of whoever sent spans. */
  readonly resources: Readonly<Record<string, unknown>>[];
  readonly headers: IncomingHttpHeaders[];
  close(): Promise<void>;
}

const KINDS = ["other", "internal", "server", "client"] as const;

/** Starts a collector that takes OTLP over HTTP with JSON. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const resources: Readonly<Record<string, unknown>>[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      headers.push(request.headers);
      for (const { resource, scopeSpans } of (JSON.parse(body) as WireTraces).resourceSpans) {
        resources.push(valuesOf(resource.attributes));
        spans.push(...scopeSpans.flatMap((scope) => scope.spans.map(received)));
      }
      response.writeHead(request.url === "/v1/traces" ? 200 : 404, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    spans,
    resources,
    headers,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function received({ traceId, spanId, parentSpanId, name, kind, attributes, status }: WireSpan): ReceivedSpan {
  return {
    traceId,
    spanId,
    parentId: parentSpanId === undefined || parentSpanId === "" ? null : parentSpanId,
    name,
    kind: KINDS[kind] ?? "other",
    values: valuesOf(attributes),
    isError: status.code === 2,
  };
}

function valuesOf(attributes: WireSpan["attributes"]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue, doubleValue, boolValue } }) => [
      key,
      stringValue ?? (intValue === undefined ? (doubleValue ?? boolValue) : Number(intValue)),
    ]),
  );
}
