import { afterEach, describe, expect, it } from "@jest/globals";
import { startProxy, type Proxy } from "../../support/proxy";
import { callFor, clientFor, failureOf } from "./test-client";
import { hang, json, reset, startServer, startTlsServer, type TestServer } from "./test-server";

let server: TestServer;
let proxy: Proxy;

afterEach(async () => {
  await server.close();
  await proxy.close();
});

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
