import type { FastifyReply, FastifyRequest } from "fastify";
import { responseTypeFor } from "./accept";

/** An error of a request that is rejected before anything is executed. */
export interface HttpError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Headers of the answer, besides its type. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The error of a request that accepts none of our media types; `null` where it accepts one. */
export function unacceptableError({ headers }: FastifyRequest): HttpError | null {
  if (responseTypeFor(headers.accept) !== null) return null;
  const message =
    "The graph answers with application/graphql-response+json or application/json, and the Accept header of this request allows neither.";
  return { status: 406, code: "BAD_REQUEST", message };
}

/** Sends an error in GraphQL's shape, with the media type that the client prefers. */
export function sendHttpError(reply: FastifyReply, { status, code, message, headers = {} }: HttpError): FastifyReply {
  reply.request.refusal = code;
  const type = responseTypeFor(reply.request.headers.accept) ?? "application/json";
  return reply
    .code(status)
    .headers(headers)
    .type(`${type}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}

/** Sends the error of a wrong request. */
export function sendBadRequest(reply: FastifyReply, status: number, message: string): FastifyReply {
  return sendHttpError(reply, { status, code: "BAD_REQUEST", message });
}
