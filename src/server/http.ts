import type { Socket } from "node:net";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { RequestContext, type GraphServices } from "../graphql/context";
import { callerSignal } from "./caller-signal";
import { registerExplorer } from "./explorer";
import type { GraphServer } from "./graph-server";
import { registerMetrics } from "./metrics";
import type { PersistedOperations } from "./persisted/persisted-operations";
import { refuseUnregistered } from "./persisted/registered-only";
import { registerPlayground, sendPlayground, wantsPlayground } from "./playground";
import { refuseUnacceptable, sendRefusal } from "./refusal";

export interface HttpOptions extends GraphServer {
  readonly services: GraphServices;
  /** Whose data every request reads: there is no authentication yet. */
  readonly tenant: string;
  readonly bodyLimitBytes: number;
  /** The folder of the built playground; `null` is none. */
  readonly playground: string | null;
  /** The only operations that run; `null`: every operation runs. */
  readonly operations: PersistedOperations | null;
  /** The folder of the built explorer; `null` is none. */
  readonly explorer: string | null;
  /** Whether requests can be answered. */
  readonly isReady: () => Promise<boolean>;
  readonly log: FastifyBaseLogger;
}

/** The routes. `GET /graphql` is the playground for browsers, and a query for everybody else. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { apollo, fastLane, services, tenant, playground, operations, log } = options;
  const app: FastifyInstance = fastify({
    bodyLimit: options.bodyLimitBytes,
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: "idle",
  });
  closeConnectionsWhenStopping(app);
  app.setErrorHandler(sendRequestError);
  app.setNotFoundHandler((_, reply) => sendBadRequest(reply, 404, "There is nothing here. The graph is at /graphql."));
  const contextOf = (request: FastifyRequest, reply: FastifyReply): RequestContext =>
    new RequestContext(tenant, services, loginTokenOf(request), callerSignal(reply.raw));
  const answer = fastifyApolloHandler(apollo, {
    context: (request, reply) => Promise.resolve(contextOf(request, reply)),
  });
  if (playground !== null) await registerPlayground(app, { directory: playground });
  if (options.explorer !== null) await registerExplorer(app, { directory: options.explorer });
  app.get("/graphql", (request, reply) => {
    if (playground !== null && wantsPlayground(request)) return sendPlayground(reply);
    const refusal = (operations && refuseUnregistered(request, operations)) ?? refuseUnacceptable(request);
    if (refusal) return sendRefusal(reply, refusal);
    return answer.call(app, request, reply.header("cache-control", "no-store"));
  });
  app.post("/graphql", async (request, reply) => {
    void reply.header("cache-control", "no-store");
    const unregistered = operations && refuseUnregistered(request, operations);
    if (unregistered) return sendRefusal(reply, unregistered);
    const fast = await fastLane?.answer(request, () => contextOf(request, reply));
    if (fast) return reply.type(fast.contentType).send(fast.body);
    const unacceptable = refuseUnacceptable(request);
    return unacceptable ? sendRefusal(reply, unacceptable) : answer.call(app, request, reply);
  });
  refuseOtherMethods(app);
  app.get("/", (_, reply) => reply.redirect("/graphql"));
  registerHealth(app, options.isReady);
  registerMetrics(app, services, tenant);
  return app;
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

function refuseOtherMethods(app: FastifyInstance): void {
  app.route({
    method: ["DELETE", "OPTIONS", "PATCH", "PUT", "TRACE"],
    url: "/graphql",
    handler: (_, reply) =>
      sendBadRequest(reply.header("allow", "GET, POST"), 405, "The graph takes GET and POST requests."),
  });
}

/** The caller's own LinkedIn session. */
function loginTokenOf({ headers }: FastifyRequest): string | null {
  const token = headers["x-linkup-login-token"];
  return typeof token === "string" && token.trim() !== "" ? token.trim() : null;
}

function registerHealth(app: FastifyInstance, isReady: () => Promise<boolean>): void {
  app.get("/healthz", () => ({ status: "up" }));
  app.get("/readyz", async (_, reply) => {
    const ready = await isReady();
    return reply.code(ready ? 200 : 503).send({ status: ready ? "ready" : "not ready" });
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

function sendBadRequest(reply: FastifyReply, status: number, message: string): FastifyReply {
  return sendRefusal(reply, { status, code: "BAD_REQUEST", message });
}
