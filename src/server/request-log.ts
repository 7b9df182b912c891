import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isGraphRequest, shownName } from "./request-outcome";
import { traceParentOf } from "./trace-parent";

/** Levels at which lines of the level `info` are written. */
const SHOWN_AT = ["trace", "debug", "info"];

/** Logs each request to the graph in one line, at `info`: neither variables nor any other text of it but the operation's name. */
export function logRequests(app: FastifyInstance): void {
  const { log } = app;
  if (!SHOWN_AT.includes(log.level)) return;
  app.addHook("onResponse", (request, reply, done) => {
    if (isGraphRequest(request)) log.info(lineOf(request, reply), "request");
    done();
  });
}

function lineOf(request: FastifyRequest, { statusCode, elapsedTime }: FastifyReply): object {
  const { graphContext: context, refusal, requestSpan } = request;
  const { name, type, lane } = context?.operation ?? { name: null, type: null, lane: null };
  const { calls, credits } = context?.spending.totals ?? { calls: 0, credits: 0 };
  return {
    operation: name === null ? null : shownName(name),
    type,
    lane: lane ?? "none",
    status: statusCode,
    ...(refusal === null ? {} : { code: refusal }),
    durationMs: Math.round(elapsedTime * 100) / 100,
    calls,
    credits,
    traceId: requestSpan?.traceId ?? traceParentOf(request.headers)?.traceId ?? null,
  };
}
