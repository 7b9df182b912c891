import type { IncomingHttpHeaders } from "node:http";
import type { RequestFacts } from "../graphql/context";
import type { HttpError } from "./http-error";

const AMOUNT = /^\d{1,15}(\.\d{1,9})?$/;

/**
 * What the headers of a request say of its client and its credits.
 *
 * @param loginTokenHeader the header that has the LinkedIn session.
 * @returns the error of a header that has a wrong value.
 */
export function requestFacts(headers: IncomingHttpHeaders, loginTokenHeader: string): RequestFacts | HttpError {
  const max = textOf(headers, "x-credits-max");
  const report = textOf(headers, "x-credits");
  if (max !== null && !AMOUNT.test(max))
    return wrongHeader("x-credits-max takes a number of credits from 0, such as 5");
  if (report !== null && report !== "report") return wrongHeader('x-credits takes the value "report"');
  return {
    loginToken: textOf(headers, loginTokenHeader),
    client: textOf(headers, "apollographql-client-name"),
    clientVersion: textOf(headers, "apollographql-client-version"),
    creditsMax: max === null ? null : Number(max),
    reportsCredits: report !== null,
  };
}

/** Without spaces around it; `null` where the header is missing or empty. */
function textOf(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

function wrongHeader(message: string): HttpError {
  return { status: 400, code: "BAD_REQUEST", message: `The header ${message}. Nothing was executed.` };
}
