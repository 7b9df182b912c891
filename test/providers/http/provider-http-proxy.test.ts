import * as http from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "@jest/globals";
import { callFor, clientFor, failureOf } from "./test-client";
import { hang, json, reset, startServer, startTlsServer, type TestServer } from "./test-server";

interface Proxy {
  readonly url: string;
  /** What it was asked to connect to. */
  readonly tunnels: string[];
  close(): Promise<void>;
}

let server: TestServer;
let proxy: Proxy;

afterEach(async () => {
  await server.close();
  await proxy.close();
});

/** A proxy on loopback. */
async function startProxy(refusing = false): Promise<Proxy> {
  const tunnels: string[] = [];
  const sockets: Socket[] = [];
  const listener = http.createServer().on("connect", (request, socket: Socket) => {
    tunnels.push(request.url ?? "");
    sockets.push(socket);
    if (refusing) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    const { hostname, port } = new URL(`http://${request.url ?? ""}`);
    const upstream = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    sockets.push(upstream);
    for (const one of [socket, upstream]) one.on("error", () => one.destroy());
    upstream.on("close", () => socket.destroy());
  });
  await once(listener.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${String((listener.address() as AddressInfo).port)}`,
    tunnels,
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      await once(listener.close(), "close");
    },
  };
}

describe("through a proxy", () => {
  it("goes every call, over a connection that is kept", async () => {
    server = await startServer(json(200, { found: 1 }));
    proxy = await startProxy();
    const client = clientFor(server.url, { proxy: proxy.url });
    await client.request(callFor());
    await expect(client.request(callFor())).resolves.toMatchObject({ body: { found: 1 } });
    expect([proxy.tunnels, server.received.length]).toEqual([[server.url.replace("http://", "")], 2]);
    client.close();
  });

  it.each([
    ["a reset", reset(), 5_000],
    ["silence", hang(), 500],
  ])("it is known that the request was sent: %s", async (_name, answer, timeoutMs) => {
    server = await startServer(answer);
    proxy = await startProxy();
    const client = clientFor(server.url, { proxy: proxy.url, repeats: "never", timeoutMs });
    expect(await failureOf(client.request(callFor()))).toMatchObject({ code: "PROVIDER_OUTCOME_UNKNOWN" });
    expect(server.received).toHaveLength(1);
  });

  it("nothing is sent to a server whose certificate is not trusted", async () => {
    server = await startTlsServer(json(200, { found: 1 }));
    proxy = await startProxy();
    const client = clientFor(server.url, { proxy: proxy.url, repeats: "never" });
    expect(await failureOf(client.request(callFor()))).toMatchObject({
      code: "PROVIDER_UNAVAILABLE",
      cause: { message: "DEPTH_ZERO_SELF_SIGNED_CERT" },
    });
    expect(server.received).toHaveLength(0);
  });

  it("that refuses, nothing is sent, and the failure says so", async () => {
    server = await startServer(json(200, { found: 1 }));
    proxy = await startProxy(true);
    const client = clientFor(server.url, { proxy: proxy.url, repeats: "never" });
    expect(await failureOf(client.request(callFor()))).toMatchObject({
      code: "PROVIDER_UNAVAILABLE",
      message: "Surfe could not be reached through PROVIDER_PROXY.",
    });
    expect([proxy.tunnels.length, server.received.length]).toEqual([3, 0]);
  });
});
