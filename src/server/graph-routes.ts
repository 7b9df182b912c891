import { Readable } from "node:stream";
import { HeaderMap, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { RequestContext } from "../graphql/context";
import type { Admission } from "./access/admission";
import { callerSignal } from "./caller-signal";
import type { GraphServer } from "./graph-server";
import type { PersistedOperations } from "./persisted/persisted-operations";
import { registeredOperation, type NamedOperation } from "./persisted/registered-only";
import { parametersOf, type RequestParameters } from "./persisted/requested-operation";
import { sendPlayground, wantsPlayground } from "./playground";
import { unacceptableError, sendBadRequest, sendHttpError } from "./http-error";

export interface GraphRoutesOptions extends GraphServer {
  readonly admission: Admission;
  /** The only operations that run; `null`: every operation runs. */
  readonly operations: PersistedOperations | null;
  readonly hasPlayground: boolean;
}

/** Registers `/graphql`. A GET of a browser returns the playground; other GETs are queries. */
export function registerGraph(app: FastifyInstance, options: GraphRoutesOptions): void {
  const { apollo, fastLane, admission } = options;
  const contextOf = (request: FastifyRequest, reply: FastifyReply): RequestContext => {
    const { access, services } = admission.of(request);
    const loginToken = loginTokenOf(request, services.network.loginTokenHeader);
    return new RequestContext(access, services, loginToken, callerSignal(reply.raw));
  };
  const isPage = (request: FastifyRequest): boolean => options.hasPlayground && wantsPlayground(request);
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    parameters: RequestParameters,
  ): Promise<FastifyReply> => {
    const error = unacceptableError(request);
    if (error) return sendHttpError(reply, error);
    const asked = { method: request.method, headers: headersOf(request), ...parameters };
    return send(reply, await executeBy(apollo, asked, () => contextOf(request, reply)));
  };
  const admitUnlessPage: Admission["hook"] = (request, reply, done) => {
    if (isPage(request)) done();
    else admission.hook(request, reply, done);
  };
  app.get("/graphql", { onRequest: admitUnlessPage }, async (request, reply) => {
    if (isPage(request)) return sendPlayground(reply);
    const named = namedOperation(request, options.operations);
    if (named.kind === "refused") return sendHttpError(reply, named.error);
    return answer(request, reply.header("cache-control", "no-store"), named.parameters);
  });
  app.post("/graphql", { onRequest: admission.hook }, async (request, reply) => {
    void reply.header("cache-control", "no-store");
    const named = namedOperation(request, options.operations);
    if (named.kind === "refused") return sendHttpError(reply, named.error);
    const { headers } = request;
    const fast = await fastLane?.answer({ headers, body: named.parameters.body }, () => contextOf(request, reply));
    return fast ? reply.type(fast.contentType).send(fast.body) : answer(request, reply, named.parameters);
  });
  refuseOtherMethods(app);
}

function namedOperation(request: FastifyRequest, operations: PersistedOperations | null): NamedOperation {
  if (operations === null) return { kind: "named", parameters: parametersOf(request) };
  return registeredOperation(request, operations);
}

function executeBy(
  apollo: GraphServer["apollo"],
  httpGraphQLRequest: HTTPGraphQLRequest,
  contextOf: () => RequestContext,
): Promise<HTTPGraphQLResponse> {
  return apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest,
    context: () => Promise.resolve(contextOf()),
  });
}

function headersOf({ headers }: FastifyRequest): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return map;
}

function send(reply: FastifyReply, { status, headers, body }: HTTPGraphQLResponse): FastifyReply {
  for (const [name, value] of headers) void reply.header(name, value);
  return reply.code(status ?? 200).send(body.kind === "complete" ? body.string : Readable.from(body.asyncIterator));
}

/** The LinkedIn session in the request; `null` where it has none. */
function loginTokenOf({ headers }: FastifyRequest, header: string): string | null {
  const token = headers[header];
  return typeof token === "string" && token.trim() !== "" ? token.trim() : null;
}

function refuseOtherMethods(app: FastifyInstance): void {
  app.route({
    method: ["DELETE", "OPTIONS", "PATCH", "PUT", "TRACE"],
    url: "/graphql",
    handler: (_, reply) =>
      sendBadRequest(reply.header("allow", "GET, POST"), 405, "The graph takes GET and POST requests."),
  });
}
