import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import { once } from "node:events";
import { LOOPBACK_CERTIFICATE, LOOPBACK_KEY } from "./loopback-certificate";

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** What the server does with a request; `nth` counts from 1. */
export type Answer = (response: http.ServerResponse, nth: number, request: Received) => void;

export interface TestServer {
  readonly url: string;
  readonly received: Received[];
  /** Connections accepted so far. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

/** An HTTP server on loopback that keeps what it is asked and answers as told. */
export function startServer(answer: Answer): Promise<TestServer> {
  return listen((listener) => http.createServer(listener), "http", answer);
}

/** The same over TLS, with a certificate that only a client which checks none accepts. */
export function startTlsServer(answer: Answer, cert = LOOPBACK_CERTIFICATE): Promise<TestServer> {
  const tls = { key: LOOPBACK_KEY, cert };
  return listen((listener) => https.createServer(tls, listener), "https", answer);
}

async function listen(
  create: (listener: http.RequestListener) => http.Server | https.Server,
  scheme: string,
  answer: Answer,
): Promise<TestServer> {
  const received: Received[] = [];
  let connections = 0;
  const server = create((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const asked = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
      received.push(asked);
      answer(response, received.length, asked);
    });
  });
  server.on("connection", () => connections++);
  const port = await opened(server);
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    received,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections();
      if (server.listening) await once(server.close(), "close");
    },
  };
}

/** A bare TCP server on loopback: it never gets as far as a request. */
export async function startTcpServer(accept: (socket: net.Socket) => void): Promise<TestServer> {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket.on("error", () => undefined));
    accept(socket);
  });
  const port = await opened(server);
  return {
    url: `https://127.0.0.1:${port}`,
    received: [],
    connections: () => sockets.length,
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      if (server.listening) await once(server.close(), "close");
    },
  };
}

/** A URL at which nobody listens. */
export async function refusingUrl(): Promise<string> {
  const server = await startServer(() => undefined);
  await server.close();
  return server.url;
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return text(status, JSON.stringify(body), { "content-type": "application/json", ...headers });
}

export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => response.writeHead(status, headers).end(body);
}

/** Writes `raw` in place of an answer, then closes the connection in the orderly way. */
export function rawThenEnd(raw: string): Answer {
  return (response) => response.socket?.end(raw);
}

export function reset(): Answer {
  return (response) => response.socket?.resetAndDestroy();
}

export function hang(): Answer {
  return () => undefined;
}

/** Headers at once, then a byte now and then, for ever: never silent, never done. */
export function trickle(): Answer {
  return (response) => {
    response.writeHead(200).write("{");
    const timer = setInterval(() => response.write(" "), 10);
    response.on("close", () => clearInterval(timer));
  };
}

async function opened(server: net.Server): Promise<number> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}
