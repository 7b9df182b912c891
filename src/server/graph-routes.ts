import { Readable } from "node:stream";
import { HeaderMap, type HTTPGraphQLResponse } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import { RequestContext } from "../graphql/context";
import type { Admission } from "./access/admission";
import { callerSignal } from "./caller-signal";
import { estimateAnswer } from "./estimate/estimate-answer";
import type { GraphServer } from "./graph-server";
import type { PersistedOperations } from "./persisted/persisted-operations";
import { registeredOperation, type NamedOperation } from "./persisted/registered-only";
import { parametersOf, type RequestParameters } from "./persisted/requested-operation";
import { sendPlayground, wantsPlayground } from "./playground";
import { unacceptableError, sendBadRequest, sendHttpError, type HttpError } from "./http-error";
import { requestFacts } from "./request-facts";
import { inOperationSpan } from "./request-spans";

export interface GraphRoutesOptions extends GraphServer {
  readonly admission: Admission;
  /** The only operations that run; `null`: every operation runs. */
  readonly operations: PersistedOperations | null;
  readonly hasPlayground: boolean;
}

/** Registers `/graphql`. A GET of a browser returns the playground; other GETs are queries. */
export function registerGraph(app: FastifyInstance, options: GraphRoutesOptions): void {
  const { apollo, fastLane, admission } = options;
  const isPage = (request: FastifyRequest): boolean => options.hasPlayground && wantsPlayground(request);
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    parameters: RequestParameters,
    context: RequestContext,
  ): Promise<FastifyReply> => {
    const error = unacceptableError(request);
    return error ? sendHttpError(reply, error) : send(reply, await executeBy(apollo, request, parameters, context));
  };
  const admitUnlessPage: Admission["hook"] = (request, reply, done) => {
    if (isPage(request)) done();
    else admission.hook(request, reply, done);
  };
  app.get("/graphql", { onRequest: admitUnlessPage }, async (request, reply) => {
    if (isPage(request)) return sendPlayground(reply);
    const named = namedOperation(request, options.operations);
    if (named.kind === "refused") return sendHttpError(reply, named.error);
    const context = contextOf(request, reply, admission);
    if ("status" in context) return sendHttpError(reply, context);
    const uncached = reply.header("cache-control", "no-store");
    return inOperationSpan(request.requestSpan, context, () => answer(request, uncached, named.parameters, context));
  });
  app.post("/graphql", { onRequest: admission.hook }, async (request, reply) => {
    void reply.header("cache-control", "no-store");
    const named = namedOperation(request, options.operations);
    if (named.kind === "refused") return sendHttpError(reply, named.error);
    const context = contextOf(request, reply, admission);
    if ("status" in context) return sendHttpError(reply, context);
    return inOperationSpan(request.requestSpan, context, async () => {
      const fast = await fastLane?.answer({ headers: request.headers, body: named.parameters.body }, context);
      return fast ? reply.type(fast.contentType).send(fast.body) : answer(request, reply, named.parameters, context);
    });
  });
  registerEstimate(app, options);
  refuseOtherMethods(app, "/graphql", "GET, POST", ["DELETE", "OPTIONS", "PATCH", "PUT", "TRACE"]);
}

/** Registers `/graphql/estimate`: it takes what `/graphql` takes, makes no provider call and writes nothing. */
function registerEstimate(app: FastifyInstance, { admission, estimator, operations }: GraphRoutesOptions): void {
  app.post("/graphql/estimate", { onRequest: admission.hook }, async (request, reply) => {
    void reply.header("cache-control", "no-store");
    const named = namedOperation(request, operations);
    if (named.kind === "refused") return sendHttpError(reply, named.error);
    const error = unacceptableError(request);
    if (error) return sendHttpError(reply, error);
    const context = contextOf(request, reply, admission, true);
    if ("status" in context) return sendHttpError(reply, context);
    const answer = await executeBy(await estimator(), request, named.parameters, context);
    const estimated = context.estimate && (await estimateAnswer(answer, context.estimate));
    if (estimated?.kind === "estimate") return reply.type("application/json; charset=utf-8").send(estimated.estimate);
    return send(reply, estimated ? withBody(answer, estimated.body) : answer);
  });
  refuseOtherMethods(app, "/graphql/estimate", "POST", ["DELETE", "GET", "OPTIONS", "PATCH", "PUT", "TRACE"]);
}

function withBody(answer: HTTPGraphQLResponse, string: string): HTTPGraphQLResponse {
  return { ...answer, body: { kind: "complete", string } };
}

/** @returns the error of a header that has a wrong value. */
function contextOf(
  request: FastifyRequest,
  reply: FastifyReply,
  admission: Admission,
  isEstimate = false,
): RequestContext | HttpError {
  const { access, services } = admission.of(request);
  const facts = requestFacts(request.headers, services.network.loginTokenHeader);
  if ("status" in facts) return facts;
  const context = new RequestContext(access, services, facts, callerSignal(reply.raw), isEstimate);
  request.graphContext = context;
  return context;
}

function namedOperation(request: FastifyRequest, operations: PersistedOperations | null): NamedOperation {
  if (operations === null) return { kind: "named", parameters: parametersOf(request) };
  return registeredOperation(request, operations);
}

function executeBy(
  apollo: GraphServer["apollo"],
  request: FastifyRequest,
  parameters: RequestParameters,
  context: RequestContext,
): Promise<HTTPGraphQLResponse> {
  const httpGraphQLRequest = { method: request.method, headers: headersOf(request), ...parameters };
  return apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest,
    context: () => Promise.resolve(context),
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

function refuseOtherMethods(app: FastifyInstance, url: string, allowed: string, method: HTTPMethods[]): void {
  const kinds = allowed.replace(", ", " and ");
  app.route({
    method,
    url,
    handler: (_, reply) => sendBadRequest(reply.header("allow", allowed), 405, `The graph takes ${kinds} requests.`),
  });
}
