import { once } from "node:events";
import { request, type OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startTestApp, type TestApp } from "../support/test-app";

let app: TestApp;
afterEach(() => app.stop());

/** Status and body of a query that is sent with this `Host`. */
async function ask(host: string, path = "/graphql", headers: OutgoingHttpHeaders = {}) {
  const { hostname, port } = new URL(app.url);
  const body = JSON.stringify({ query: "{ providers { provider } }" });
  const asked = { "content-type": "application/json", host, ...headers };
  return new Promise<{ readonly status: number | undefined; readonly body: string }>((resolve, reject) => {
    request({ hostname, port, path, method: path === "/graphql" ? "POST" : "GET", headers: asked }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode, body: text }));
    })
      .on("error", reject)
      .end(path === "/graphql" ? body : undefined);
  });
}

const OTHERS = [
  "rebound.example",
  "127.0.0.1.rebound.example",
  "10.0.0.1:4000",
  "[::2]",
  "%",
  "a b",
  ",",
  "localhost@x",
];

const REFUSED = {
  status: 421,
  body: JSON.stringify({
    errors: [
      {
        message:
          "This server does not accept the name in the Host header of this request. It accepts loopback names such as " +
          "localhost, and the names in ALLOWED_HOSTS.",
        extensions: { code: "BAD_REQUEST" },
      },
    ],
  }),
};

describe("a server on loopback", () => {
  it("answers under loopback names", async () => {
    app = await startTestApp();
    for (const host of ["localhost", "LOCALHOST:1", "127.0.0.1:4000", "127.9.9.9", "[::1]:4000", "[0:0:0:0:0:0:0:1]"]) {
      expect(await ask(host)).toMatchObject({ status: 200 });
    }
  });

  it.each(OTHERS)("answers nothing under %j", async (host) => {
    app = await startTestApp();
    for (const path of ["/graphql", "/metrics", "/healthz", "/nothing"]) expect(await ask(host, path)).toEqual(REFUSED);
  });

  it("answers nothing to a request that names no host", async () => {
    app = await startTestApp();
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname).setEncoding("utf8");
    const chunks: string[] = [];
    socket.on("data", (chunk: string) => chunks.push(chunk));
    socket.write("GET /healthz HTTP/1.0\r\n\r\n");
    await once(socket, "close");
    expect(chunks.join("")).toMatch(/^HTTP\/1.1 421 /);
  });

  it("answers under what ALLOWED_HOSTS lists too", async () => {
    app = await startTestApp({ env: { ALLOWED_HOSTS: "graph.example, 10.0.0.1" } });
    for (const host of ["graph.example", "GRAPH.example:443", "10.0.0.1:4000", "localhost"]) {
      expect(await ask(host)).toMatchObject({ status: 200 });
    }
    for (const host of ["a.graph.example", "example", "10.0.0.2"]) expect(await ask(host)).toEqual(REFUSED);
  });
});

describe("a server beyond loopback", () => {
  it("answers under any name, or none", async () => {
    app = await startTestApp({ env: { HOST: "0.0.0.0", ALLOW_ANONYMOUS: "true" } });
    for (const host of OTHERS) expect(await ask(host)).toMatchObject({ status: 200 });
  });

  it("answers under what ALLOWED_HOSTS lists, and under loopback names", async () => {
    app = await startTestApp({ env: { HOST: "0.0.0.0", ALLOW_ANONYMOUS: "true", ALLOWED_HOSTS: "graph.example" } });
    expect(await ask("graph.example")).toMatchObject({ status: 200 });
    expect(await ask("127.0.0.1")).toMatchObject({ status: 200 });
    expect(await ask("rebound.example")).toEqual(REFUSED);
  });
});
