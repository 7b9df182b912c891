import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import { locationsIn } from "./locations";

/** Converts the locations in errors of Apollo Server's executor to locations in the text of the request. */
export function locationsPlugin<Context extends BaseContext>(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors: ({ document, source, errors }) => {
          if (!document || source === undefined) return Promise.resolve();
          const relocate = locationsIn(source, document);
          for (const error of errors) {
            if (error.locations) Object.assign(error, { locations: error.locations.map(relocate) });
          }
          return Promise.resolve();
        },
      }),
  };
}
