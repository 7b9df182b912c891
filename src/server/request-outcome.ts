import type { FastifyInstance, FastifyRequest } from "fastify";
import type { RequestContext } from "../graphql/context";

declare module "fastify" {
  interface FastifyRequest {
    /** The context of its operation; `null` where none was begun. */
    graphContext: RequestContext | null;
    /** The code of the error with which the whole request was refused; `null` where it was not. */
    refusal: string | null;
  }
}

/** Lets requests keep what became of them, for their metrics and log lines. */
export function keepOutcomes(app: FastifyInstance): void {
  app.decorateRequest("graphContext", null);
  app.decorateRequest("refusal", null);
}

/** Whether a request is one to the graph: an operation, or its estimate. */
export function isGraphRequest({ routeOptions: { url } }: FastifyRequest): boolean {
  return url === "/graphql" || url === "/graphql/estimate";
}
