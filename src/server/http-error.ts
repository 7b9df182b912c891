import type { FastifyReply, FastifyRequest } from "fastify";
import { responseTypeFor } from "./accept";

/** A request that goes no further: nothing of it is executed. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Refuses before anything is executed what would be executed and then not sent. */
export function refuseUnacceptable({ headers }: FastifyRequest): Refusal | null {
  if (responseTypeFor(headers.accept) !== null) return null;
  const message =
    "The graph answers with application/graphql-response+json or application/json, and this request's Accept takes neither.";
  return { status: 406, code: "BAD_REQUEST", message };
}

/** Sends a refusal in GraphQL's shape, as the media type that the client prefers. */
export function sendRefusal(reply: FastifyReply, { status, code, message }: Refusal): FastifyReply {
  const type = responseTypeFor(reply.request.headers.accept) ?? "application/json";
  return reply
    .code(status)
    .type(`${type}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}

/** Refuses what is wrong with the request itself. */
export function sendBadRequest(reply: FastifyReply, status: number, message: string): FastifyReply {
  return sendRefusal(reply, { status, code: "BAD_REQUEST", message });
}
