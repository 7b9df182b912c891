import { isUtf8 } from "node:buffer";
import type { Socket } from "node:net";
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
} from "fastify";
import { sendBadRequest, sendRefusal } from "./http-error";

/** How long the server waits for its callers, in milliseconds. */
export interface HttpTimeouts {
  /** For a whole request, headers and body. */
  readonly requestMs: number;
  /** For any byte either way; longer than any answer takes to make. */
  readonly idleMs: number;
  /** For the next request of a connection that is kept alive. */
  readonly keepAliveMs: number;
  /** How often it is looked for requests that are late. */
  readonly checkMs: number;
}

const TIMEOUTS: HttpTimeouts = { requestMs: 30_000, idleMs: 300_000, keepAliveMs: 72_000, checkMs: 5_000 };

export interface HttpAppOptions {
  readonly bodyLimitBytes: number;
  readonly log: FastifyBaseLogger;
  readonly timeouts?: HttpTimeouts;
}

/** A server without routes: its limits, its refusals in GraphQL's shape, and a stop that waits for nobody idle. */
export function createHttpApp({ bodyLimitBytes, log, timeouts = TIMEOUTS }: HttpAppOptions): FastifyInstance {
  const app: FastifyInstance = fastify({
    bodyLimit: bodyLimitBytes,
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: "idle",
    requestTimeout: timeouts.requestMs,
    connectionTimeout: timeouts.idleMs,
    keepAliveTimeout: timeouts.keepAliveMs,
    http: {
      requestTimeout: timeouts.requestMs,
      // Node's own is a minute, and Node takes the longer of the two for the whole request.
      headersTimeout: timeouts.requestMs,
      connectionsCheckingInterval: timeouts.checkMs,
    },
  });
  closeConnectionsWhenStopping(app);
  readJsonStrictly(app);
  app.setErrorHandler(sendRequestError);
  app.setNotFoundHandler((_, reply) => sendBadRequest(reply, 404, "There is nothing here. The graph is at /graphql."));
  return app;
}

/** Bytes that are not UTF-8 would all become the same character, and different texts one. */
function readJsonStrictly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body: Buffer, done) => {
    if (isUtf8(body)) void parse(request, body.toString(), done);
    else done(Object.assign(new Error("The body is not UTF-8."), { statusCode: 400 }));
  });
}

/**
 * Closes what Node leaves open when a server is closed, and its clients may keep for longer than a stop can take:
 * connections that brought no request yet, and those that were busy when the stop began.
 */
function closeConnectionsWhenStopping(app: FastifyInstance): void {
  let stopping = false;
  const unused = new Set<Socket>();
  app.server.on("connection", (socket: Socket) => {
    if (stopping) return socket.destroy();
    unused.add(socket);
    return socket.once("close", () => unused.delete(socket));
  });
  app.server.on("request", ({ socket }) => unused.delete(socket));
  app.addHook("preClose", (done) => {
    stopping = true;
    for (const socket of unused) socket.destroy();
    done();
  });
  app.addHook("onSend", (_, reply, payload, done) => {
    if (stopping) reply.header("connection", "close");
    done(null, payload);
  });
}

/** What Fastify itself refuses: a body that is too large, no JSON, or of another type. */
function sendRequestError(
  error: FastifyError,
  request: { readonly log: FastifyInstance["log"] },
  reply: FastifyReply,
): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status < 500) return sendBadRequest(reply, status, error.message);
  request.log.error({ err: error }, "an unforeseen error");
  const message = "Something went wrong on our side.";
  return sendRefusal(reply, { status: 500, code: "INTERNAL_SERVER_ERROR", message });
}
