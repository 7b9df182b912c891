import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startTestApp, type TestApp } from "../support/test-app";

let app: TestApp;
let lines: Readonly<Record<string, unknown>>[];

beforeEach(() => {
  lines = [];
});
afterEach(() => app.stop());

async function start(): Promise<void> {
  const log = (line: string): void => void lines.push(JSON.parse(line) as Readonly<Record<string, unknown>>);
  app = await startTestApp({ surfe: { companies: 3 }, executor: "own", log });
}

/** The lines of requests; a duration stands as whether it is one. */
function requests(): readonly unknown[] {
  const ours = lines.filter(({ msg }) => msg === "request");
  return ours.map(({ durationMs, ...line }) => {
    const known = Object.entries(line).filter(([name]) => !["time", "pid", "hostname"].includes(name));
    return { ...Object.fromEntries(known), took: typeof durationMs };
  });
}

const LINE = { level: 30, msg: "request", took: "number" };
const NOTHING = { operation: null, type: null, lane: "none", calls: 0, credits: 0, traceId: null };

describe("the log", () => {
  it("has one line for each request to the graph, without its text and variables", async () => {
    await start();
    await app.send(`mutation Save { upsertICP(input: { externalUserId: "canary-user" }) { icp { id } } }`);
    const page = `query Page($user: String) { recommendations(externalUserId: $user, first: 2) { nodes { score } } }`;
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    for (let time = 1; time <= 2; time += 1) await app.send(page, { user: "canary-user" }, { traceparent });
    await app.send(`{ canary }`);
    await fetch(app.url, { method: "DELETE" });
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const read = { ...LINE, operation: "Page", type: "query", status: 200, traceId };
    expect(requests()).toEqual([
      { ...LINE, ...NOTHING, operation: "Save", type: "mutation", lane: "ordinary", status: 200, calls: 1 },
      { ...read, lane: "executor", calls: 1, credits: 2 },
      { ...read, lane: "fast", calls: 0, credits: 0 },
      { ...LINE, ...NOTHING, status: 400 },
      { ...LINE, ...NOTHING, status: 405, code: "BAD_REQUEST" },
    ]);
    expect(JSON.stringify(lines.filter(({ msg }) => msg === "request"))).not.toContain("canary");
  });

  it("cuts the name of an operation", async () => {
    await start();
    await app.send(`query ${"N".repeat(150)} { __typename }`);
    expect(requests()).toMatchObject([{ operation: "N".repeat(100) }]);
  });

  it("has no line for pages, health and metrics", async () => {
    await start();
    for (const path of ["/healthz", "/readyz", "/metrics", "/nothing"]) await fetch(new URL(path, app.url));
    expect(requests()).toEqual([]);
  });
});
