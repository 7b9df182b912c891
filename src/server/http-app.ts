import { isUtf8 } from "node:buffer";
import type { Socket } from "node:net";
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
} from "fastify";
import { createErrorLog } from "./error-log";
import { sendBadRequest, sendHttpError } from "./http-error";
import { keepOutcomes } from "./request-outcome";

/** Timeouts of the server, in milliseconds. */
export interface HttpTimeouts {
  /** For a complete request, headers and body. */
  readonly requestMs: number;
  /** For any byte in either direction; longer than any answer takes. */
  readonly idleMs: number;
  /** For the next request of a connection that is kept alive. */
  readonly keepAliveMs: number;
  /** Interval of the check for late requests. */
  readonly checkMs: number;
  /** During a stop, for the first request of a connection. */
  readonly graceMs: number;
}

const TIMEOUTS: HttpTimeouts = {
  requestMs: 30_000,
  idleMs: 300_000,
  keepAliveMs: 72_000,
  checkMs: 5_000,
  graceMs: 250,
};

/** No route has a schema. Without this, Fastify loads two compilers of schemas at each start, and never uses them. */
const NO_SCHEMAS = { compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema } };

export interface HttpAppOptions {
  readonly bodyLimitBytes: number;
  readonly log: FastifyBaseLogger;
  readonly timeouts?: HttpTimeouts;
}

/** Creates a server without routes: its limits, errors in GraphQL's shape, and a stop that does not wait for idle connections. */
export function createHttpApp({ bodyLimitBytes, log, timeouts = TIMEOUTS }: HttpAppOptions): FastifyInstance {
  const app: FastifyInstance = fastify({
    bodyLimit: bodyLimitBytes,
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: "idle",
    schemaController: NO_SCHEMAS,
    return503OnClosing: false, // a request that arrived was sent before its client could know of the stop
    requestTimeout: timeouts.requestMs,
    connectionTimeout: timeouts.idleMs,
    keepAliveTimeout: timeouts.keepAliveMs,
    http: {
      requestTimeout: timeouts.requestMs,
      // The default is a minute, and Node applies the longer of the two limits to the whole request.
      headersTimeout: timeouts.requestMs,
      connectionsCheckingInterval: timeouts.checkMs,
    },
  });
  keepOutcomes(app);
  closeConnectionsWhenStopping(app, timeouts.graceMs);
  readJsonStrictly(app);
  const report = createErrorLog(log);
  app.setErrorHandler<FastifyError>((error, _, reply) => sendRequestError(error, reply, report));
  app.setNotFoundHandler((_, reply) => sendBadRequest(reply, 404, "There is nothing here. The graph is at /graphql."));
  return app;
}

/** Rejects bodies that are not UTF-8: all invalid bytes would become the same character, so that different texts became equal. */
function readJsonStrictly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body: Buffer, done) => {
    if (isUtf8(body)) void parse(request, body.toString(), done);
    else done(Object.assign(new Error("The body is not UTF-8."), { statusCode: 400 }));
  });
}

/**
 * Closes connections that Node leaves open when a server is closed, and that clients may keep longer than a stop may take:
 * those without a request so far, and those that were busy when the stop began. A client that has just connected may have sent its
 * request: it is answered if it arrives within `graceMs`. What arrived while the process was busy is read first: the system would reset
 * connections that wait for Node to accept them, with their requests.
 */
function closeConnectionsWhenStopping(app: FastifyInstance, graceMs: number): void {
  let stopping = false;
  let arrived = 0;
  const unused = new Set<Socket>();
  app.server.on("connection", (socket: Socket) => {
    arrived += 1;
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  app.server.on("request", ({ socket }) => {
    arrived += 1;
    unused.delete(socket);
  });
  app.addHook("preClose", (done) => {
    stopping = true;
    const arrivals = (): number => arrived;
    whenQuiet(arrivals, () => {
      const destroyUnused = (): void => unused.forEach((socket) => void socket.destroy());
      setTimeout(() => whenQuiet(arrivals, destroyUnused), graceMs).unref();
      done();
    });
  });
  app.addHook("onSend", (_, reply, payload, done) => {
    if (stopping) reply.header("connection", "close");
    done(null, payload);
  });
}

/** A turn of the event loop accepts one waiting connection; another one reads what it brought. */
const QUIET_TURNS = 3;
/** A stop goes on after that, also where connections keep arriving. */
const QUIET_WITHIN_MS = 3_000;

/** Calls `next` when everything that has arrived is accepted and read: some turns of the event loop brought nothing new. */
function whenQuiet(arrivals: () => number, next: () => void): void {
  const deadline = performance.now() + QUIET_WITHIN_MS;
  let seen = arrivals();
  let quiet = 0;
  const turn = (): void => {
    quiet = arrivals() === seen ? quiet + 1 : 0;
    seen = arrivals();
    if (quiet === QUIET_TURNS || performance.now() > deadline) next();
    else setImmediate(turn);
  };
  setImmediate(turn);
}

/** Answers requests that Fastify rejects: the body is too large, no JSON, or of another type. */
function sendRequestError(error: FastifyError, reply: FastifyReply, report: (error: unknown) => void): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status < 500) return sendBadRequest(reply, status, error.message);
  report(error);
  const message = "Something went wrong on our side.";
  return sendHttpError(reply, { status: 500, code: "INTERNAL_SERVER_ERROR", message });
}

function refuseSchema(): never {
  throw new Error("a route has a schema, and nothing compiles it");
}
