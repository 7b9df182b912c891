import https from "node:https";
import tls from "node:tls";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { EXPIRED_CERTIFICATE, LOOPBACK_CERTIFICATE } from "./loopback-certificate";
import { callFor, clientFor, failureOf } from "./test-client";
import { hang, json, startTlsServer, type Answer, type TestServer } from "./test-server";

const closed: Answer = (response) => response.socket?.destroy();

let server: TestServer | undefined;

afterEach(() => {
  jest.restoreAllMocks();
  return server?.close();
});

async function clientOf(answer: Answer, timeoutMs = 5_000, certificate = LOOPBACK_CERTIFICATE) {
  const started = await startTlsServer(answer, certificate);
  server = started;
  return { server: started, client: clientFor(started.url, { repeats: "never", timeoutMs }) };
}

function trust(ca: string): void {
  jest
    .spyOn(https.Agent.prototype, "createConnection")
    .mockImplementation((options) => tls.connect({ host: "127.0.0.1", port: Number(options.port), ca }));
}

describe("over TLS", () => {
  it("sends nothing to a server whose certificate is not trusted", async () => {
    const { client, server } = await clientOf(json(200, { found: 1 }));
    const error = await failureOf(client.request(callFor()));
    expect(error).toMatchObject({
      code: "PROVIDER_UNAVAILABLE",
      message:
        "The certificate of Surfe is not one that this server trusts (DEPTH_ZERO_SELF_SIGNED_CERT), so nothing was sent. Retries fail too, until the certificate is replaced.",
      cause: { message: "DEPTH_ZERO_SELF_SIGNED_CERT" },
    });
    expect([server.received.length, server.connections()]).toEqual([0, 1]);
  });

  it("tells an expired certificate from an outage: does not ask again, and opens no circuit", async () => {
    trust(EXPIRED_CERTIFICATE);
    const { client, server } = await clientOf(json(200, { found: 1 }), 5_000, EXPIRED_CERTIFICATE);
    for (let nth = 0; nth < 6; nth++) {
      expect(await failureOf(client.request(callFor()))).toMatchObject({
        code: "PROVIDER_UNAVAILABLE",
        message:
          "The certificate of Surfe has expired (CERT_HAS_EXPIRED), so nothing was sent. Retries fail too, until the certificate is replaced.",
      });
    }
    expect([client.circuit, server.connections()]).toEqual(["CLOSED", 6]);
  });

  describe("with a trusted certificate", () => {
    beforeEach(() => trust(LOOPBACK_CERTIFICATE));

    it("keeps its connection", async () => {
      const { client, server } = await clientOf(json(200, { found: 1 }));
      await client.request(callFor());
      await client.request(callFor());
      expect([server.received.length, server.connections()]).toEqual([2, 1]);
    });

    it.each([
      ["a closed connection", closed, 5_000],
      ["silence", hang(), 3_000],
    ])("knows that the request was sent: %s", async (_name, answer, timeoutMs) => {
      const { client, server } = await clientOf(answer, timeoutMs);
      expect(await failureOf(client.request(callFor()))).toMatchObject({ code: "PROVIDER_OUTCOME_UNKNOWN" });
      expect(server.received).toHaveLength(1);
    });

    it("knows that the request was sent over a kept connection", async () => {
      const { client, server } = await clientOf((...args) =>
        (args[1] === 1 ? json(200, { found: 1 }) : closed)(...args),
      );
      await client.request(callFor());
      expect(await failureOf(client.request(callFor()))).toMatchObject({ code: "PROVIDER_OUTCOME_UNKNOWN" });
      expect([server.received.length, server.connections()]).toEqual([2, 1]);
    });
  });
});
