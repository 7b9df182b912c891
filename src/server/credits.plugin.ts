import type { ApolloServerPlugin } from "@apollo/server";
import type { RequestContext } from "../graphql/context";
import { creditsReport, hasCreditsReport } from "./credits";

/** Adds `extensions.credits` to the answers of operations. */
export function creditsPlugin(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: async (request) => {
          const { contextValue, operation } = request;
          const { body } = request.response;
          if (!operation || body.kind !== "single" || !hasCreditsReport(contextValue)) return;
          const credits = await creditsReport(contextValue);
          body.singleResult.extensions = { ...body.singleResult.extensions, credits };
        },
      }),
  };
}
