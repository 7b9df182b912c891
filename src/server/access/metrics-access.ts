import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from "fastify";
import { sendHttpError, type HttpError } from "../http-error";

/** Who may read the metrics: everybody, nobody, or who has a token. */
export type MetricsAccess = "open" | "closed" | { readonly token: string };

const UNAUTHENTICATED: HttpError = {
  status: 401,
  code: "UNAUTHENTICATED",
  message: "The metrics need the token of METRICS_TOKEN: send it as Authorization: Bearer.",
  headers: { "www-authenticate": "Bearer" },
};

/** The hook of `GET /metrics`. Tokens are compared by their hashes, in constant time. */
export function metricsHook(access: MetricsAccess) {
  return (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    if (access === "closed") reply.callNotFound();
    else if (access === "open" || isSame(request.headers.authorization ?? "", `Bearer ${access.token}`)) done();
    else sendHttpError(reply, UNAUTHENTICATED);
  };
}

function isSame(a: string, b: string): boolean {
  const hashOf = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(hashOf(a), hashOf(b));
}
