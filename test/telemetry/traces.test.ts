import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from "../support/otlp-receiver";
import { startSurfeSimulator, type SurfeSimulator } from "../../src/sandbox/surfe/surfe-simulator";
import { startProcess, temporaryFolder, type ServerProcess } from "../support/server-process";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";

let receiver: OtlpReceiver;
let surfe: SurfeSimulator;
let folder: ReturnType<typeof temporaryFolder>;
let server: ServerProcess | null;

beforeEach(async () => {
  receiver = await startOtlpReceiver();
  surfe = await startSurfeSimulator({ companies: 3, rateLimit: null });
  folder = temporaryFolder();
  server = null;
});

afterEach(async () => {
  server?.kill("SIGKILL");
  await server?.exited;
  folder.remove();
  await surfe.close();
  await receiver.close();
});

interface Tree {
  readonly name: string;
  readonly inside: readonly Tree[];
}

/** The spans inside a span, by their names; siblings in alphabetical order. */
function insideOf(parentId: string | null): readonly Tree[] {
  const children = receiver.spans.filter((span) => span.parentId === parentId);
  const trees = children.map(({ name, spanId }) => ({ name, inside: insideOf(spanId) }));
  return trees.sort((a, b) => a.name.localeCompare(b.name));
}

function only(name: string): ReceivedSpan | undefined {
  const [span, ...others] = receiver.spans.filter((one) => one.name === name);
  return others.length === 0 ? span : undefined;
}

/** Starts the built server: the SDK's own imports do not work inside jest. */
function start(env: Readonly<Record<string, string>> = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }): ServerProcess {
  server = startProcess(folder.path, { SURFE_API_KEY: "sandbox", SURFE_BASE_URL: surfe.url, ...env });
  return server;
}

async function send(url: string, query: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const body = JSON.stringify({ query });
  await fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
}

/** Stops the server, which then sends the spans that are left. */
async function stop(running: ServerProcess): Promise<string> {
  running.kill("SIGTERM");
  const { code, stdout } = await running.exited;
  expect(code).toBe(0);
  return stdout;
}

const READY = /ready at (http:\S+?)"/;
const SAVE = "mutation { upsertICP(input: {}) { icp { id } } }";

describe("traces", () => {
  it("have the request, the operation, the extension of the feed, the provider call and the transactions", async () => {
    const server = start();
    const url = await server.printed(READY);
    await send(url, SAVE);
    const headers = { traceparent: `00-${TRACE}-${PARENT}-01` };
    await send(url, `query Page { recommendations(first: 2) { nodes { score } } }`, headers);
    await stop(server);
    receiver.spans.splice(0, receiver.spans.length, ...receiver.spans.filter(({ traceId }) => traceId === TRACE));
    const none: readonly Tree[] = [];
    const transaction = { name: "transaction", inside: none };
    const extension = {
      name: "feed extension",
      inside: [{ name: "POST", inside: none }, transaction, transaction],
    };
    const operation = { name: "GraphQL Operation", inside: [extension, transaction] };
    expect(insideOf(PARENT)).toEqual([{ name: "POST /graphql", inside: [operation] }]);
    expect(only("POST /graphql")).toMatchObject({
      kind: "server",
      isError: false,
      values: { "http.request.method": "POST", "http.route": "/graphql", "http.response.status_code": 200 },
    });
    expect(only("GraphQL Operation")).toMatchObject({
      kind: "internal",
      values: {
        "graphql.operation.name": "Page",
        "graphql.operation.type": "query",
        "tributary.lane": "executor",
        "tributary.calls": 1,
        "tributary.credits": 2,
      },
    });
    expect(only("feed extension")?.values).toEqual({ "tributary.provider": "SURFE", "tributary.rows": 2 });
    const port = Number(new URL(surfe.url).port);
    expect(only("POST")).toMatchObject({
      kind: "client",
      isError: false,
      values: {
        "http.request.method": "POST",
        "url.full": `${surfe.url}/v2/recommendations/fetch`,
        "server.address": "127.0.0.1",
        "server.port": port,
        "http.response.status_code": 200,
        "tributary.provider": "SURFE",
        "tributary.operation": "fetchRecommendations",
      },
    });
    expect(receiver.resources[0]).toMatchObject({ "service.name": "tributary" });
  });

  it("send providers nothing of a trace", async () => {
    const server = start();
    const headers = { traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: "a=b", baggage: "c=d" };
    await send(await server.printed(READY), SAVE, headers);
    const sent = surfe.control.calls().flatMap((call) => Object.keys(call.headers));
    expect(sent).toContain("authorization");
    expect(sent.filter((name) => ["traceparent", "tracestate", "baggage"].includes(name))).toEqual([]);
  });

  it("follow the caller's decision not to sample", async () => {
    const server = start();
    const url = await server.printed(READY);
    await send(url, `{ __typename }`, { traceparent: `00-${TRACE}-${PARENT}-00` });
    await send(url, `{ __typename }`);
    await stop(server);
    expect(receiver.spans.map(({ name }) => name)).toEqual(["GraphQL Operation", "POST /graphql"]);
    expect(receiver.spans.map(({ traceId }) => traceId)).not.toContain(TRACE);
  });

  it("are left out by the sampler, and their ids are in the log", async () => {
    const server = start({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0",
    });
    const url = await server.printed(READY);
    await send(url, `{ __typename }`, { traceparent: `00-${TRACE}-${PARENT}-01` });
    await send(url, `{ __typename }`);
    const logged = [...(await stop(server)).matchAll(/"traceId":"([\da-f]{32})"/g)].map(([, traceId]) => traceId);
    expect(logged).toEqual([TRACE, expect.not.stringContaining(TRACE)]);
    expect(receiver.spans.map(({ name, traceId }) => [name, traceId])).toEqual([
      ["GraphQL Operation", TRACE],
      ["POST /graphql", TRACE],
    ]);
  });

  it("are all recorded where the sampler's name is not accepted, and the log tells", async () => {
    const server = start({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_TRACES_SAMPLER: "rarely" });
    await send(await server.printed(READY), `{ __typename }`);
    const log = await stop(server);
    expect(log).toContain('"reason":"OTEL_TRACES_SAMPLER is \\"rarely\\". Accepted: always_on,');
    expect(log).not.toContain('"msg":"traces could not be sent"');
    expect(receiver.spans.map(({ name }) => name)).toEqual(["GraphQL Operation", "POST /graphql"]);
  });

  it("are sent with the variables of OpenTelemetry in .env", async () => {
    writeFileSync(join(folder.path, ".env"), "OTEL_SERVICE_NAME=mine\nOTEL_EXPORTER_OTLP_HEADERS=x-team=blue\n");
    const server = start();
    await send(await server.printed(READY), `{ __typename }`);
    await stop(server);
    expect(receiver.resources[0]).toMatchObject({ "service.name": "mine" });
    expect(receiver.headers[0]).toMatchObject({ "x-team": "blue" });
  });

  it("do not hold up the server where nobody takes them, and the log tells", async () => {
    const server = start({ OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/nowhere` });
    await send(await server.printed(READY), `{ __typename }`);
    expect(await stop(server)).toContain('"msg":"traces could not be sent"');
  });

  it("need nothing of the SDK without the address of a collector", async () => {
    const say =
      "process.on('exit', () => console.log('loaded ' + Object.keys(process.getBuiltinModule('module')._cache).filter((path) => path.includes('@opentelemetry/') && !path.includes('@opentelemetry/api/')).length))";
    const server = start({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(say)}` });
    await server.printed(READY);
    expect((await stop(server)).split("\n").filter((line) => line.startsWith("loaded"))).toEqual(["loaded 0"]);
  });
});
