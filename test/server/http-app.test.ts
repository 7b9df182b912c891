import { once } from "node:events";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import { createHttpApp } from "../../src/server/http-app";

const LONG_MS = 600_000;
const LOG = pino({ level: "silent" });

let app: FastifyInstance;
let handled: unknown[];

async function start(timeouts: object): Promise<void> {
  const longOnes = { requestMs: LONG_MS, idleMs: LONG_MS, keepAliveMs: LONG_MS, checkMs: 20, graceMs: 20 };
  app = createHttpApp({ bodyLimitBytes: 1_000, log: LOG, timeouts: { ...longOnes, ...timeouts } });
  app.post("/", ({ body }) => {
    handled.push(body);
    return { done: true };
  });
  app.get("/never", () => new Promise(() => undefined));
  app.get("/broken", () => Promise.reject(new Error("the key is sk-1")));
  await app.listen({ port: 0 });
}

beforeEach(() => {
  handled = [];
});
afterEach(() => app.close());

/** Sends `text` and nothing more; what came back until the server closed the connection. */
async function untilClosed(text: string): Promise<string> {
  const socket: Socket = connect((app.server.address() as AddressInfo).port, "localhost");
  let received = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => (received += chunk));
  socket.write(text);
  await once(socket, "close");
  return received;
}

const POST = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

describe("a server", () => {
  it("gives up a request whose body never ends", async () => {
    await start({ requestMs: 50 });
    expect(await untilClosed(`${POST}Content-Length: 100\r\n\r\n{"half":`)).toMatch(/^HTTP\/1.1 408 /);
    expect(handled).toEqual([]);
  });

  it("gives up a request whose chunks never end", async () => {
    await start({ requestMs: 50 });
    expect(await untilClosed(`${POST}Transfer-Encoding: chunked\r\n\r\n2\r\n{"\r\n`)).toMatch(/^HTTP\/1.1 408 /);
    expect(handled).toEqual([]);
  });

  it("gives up a request whose headers never end, and one that never begins", async () => {
    await start({ requestMs: 50 });
    expect(await untilClosed("POST / HTTP/1.1\r\nHost: loc")).toMatch(/^HTTP\/1.1 408 /);
    expect(await untilClosed("")).toMatch(/^HTTP\/1.1 408 /);
  });

  it("closes a connection on which nothing moves, though an answer is being made", async () => {
    await start({ idleMs: 50 });
    expect(await untilClosed("GET /never HTTP/1.1\r\nHost: localhost\r\n\r\n")).toBe("");
  });

  it("closes a connection that is kept alive and brings no more requests", async () => {
    await start({ keepAliveMs: 50 });
    expect(await untilClosed(`${POST}Content-Length: 2\r\n\r\n{}`)).toMatch(/^HTTP\/1.1 200 /);
    expect(handled).toEqual([{}]);
  });

  it("answers the first request of a connection that was made before it began to stop", async () => {
    await start({ graceMs: LONG_MS });
    const connected = once(app.server, "connection");
    const socket: Socket = connect((app.server.address() as AddressInfo).port, "localhost");
    await connected;
    const closed = app.close();
    let received = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => (received += chunk));
    socket.write(`${POST}Content-Length: 2\r\n\r\n{}`);
    await once(socket, "close");
    await closed;
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*connection: close\r\n[^]*\{"done":true\}$/);
    expect(handled).toEqual([{}]);
  });

  it("answers requests on connections that the system still holds for it when it begins to stop", async () => {
    await start({});
    const { port } = app.server.address() as AddressInfo;
    const answers = Array.from({ length: 40 }, async () => {
      const socket: Socket = connect(port, "127.0.0.1");
      let received = "";
      socket.setEncoding("utf8").on("data", (chunk: string) => (received += chunk));
      socket.write(`${POST}Content-Length: 2\r\n\r\n{}`);
      await once(socket, "close");
      return received.slice(0, 12);
    });
    await once(app.server, "connection"); // the first one of them
    await app.close();
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 40 }, () => "HTTP/1.1 200"));
    expect(handled).toHaveLength(40);
  });

  it("closes a connection without a request soon after it began to stop", async () => {
    await start({});
    const connected = once(app.server, "connection");
    const socket: Socket = connect((app.server.address() as AddressInfo).port, "localhost");
    await connected;
    const closed = once(socket, "close");
    await app.close();
    await closed;
    expect(handled).toEqual([]);
  });

  it("refuses bytes that are not UTF-8", async () => {
    await start({});
    const answer = await app.inject({
      method: "POST",
      url: "/",
      headers: { "content-type": "application/json" },
      body: Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    });
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { errors: [{ message: "The body is not UTF-8.", extensions: { code: "BAD_REQUEST" } }] },
    ]);
    expect(handled).toEqual([]);
  });

  it("tells of an error of its own as such, and not what it was", async () => {
    await start({});
    const answer = await app.inject({ url: "/broken" });
    expect([answer.statusCode, answer.json()]).toEqual([
      500,
      {
        errors: [{ message: "Something went wrong on our side.", extensions: { code: "INTERNAL_SERVER_ERROR" } }],
      },
    ]);
  });
});
