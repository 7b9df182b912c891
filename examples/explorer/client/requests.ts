import { pageKey } from "../../../playground/key/page-key";

/** What every request to the graph says of itself; `x-credits` asks for what its answer has cost. */
export const REQUEST_HEADERS = {
  "apollographql-client-name": "explorer",
  "x-credits": "report",
} as const;

/** Sends every request to the graph, those of Apollo Client too, with the key of the page. */
export const sendRequest = pageKey.fetch;
