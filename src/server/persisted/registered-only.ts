import type { FastifyRequest } from "fastify";
import type { HttpError } from "../http-error";
import type { PersistedOperations } from "./persisted-operations";
import { parametersWith, requestedOperation, type RequestParameters } from "./requested-operation";

const ACCEPTED =
  "Only registered operations run here: send the id of one (documentId, or extensions.persistedQuery.sha256Hash) or " +
  "its text as it was registered. Nothing was executed.";

/** The operation of a request, or the error of a rejected one. */
export type NamedOperation =
  | { readonly kind: "named"; readonly parameters: RequestParameters }
  | { readonly kind: "refused"; readonly error: HttpError };

/**
 * The registered operation of a request, as the text that was registered. The error for an unknown id is not
 * `PERSISTED_QUERY_NOT_FOUND`: clients would then send the text, which is not registered either.
 */
export function registeredOperation(request: FastifyRequest, operations: PersistedOperations): NamedOperation {
  const { text, id } = requestedOperation(request);
  if (text === null && id === null) return badRequest("This request names no operation.");
  const registered = text === null ? operations.byId(id ?? "") : operations.byText(text);
  if (registered !== null) return { kind: "named", parameters: parametersWith(request, registered) };
  return forbidden(text === null ? "No operation is registered under this id." : "This operation is not registered.");
}

function badRequest(what: string): NamedOperation {
  return refused({ status: 400, code: "BAD_REQUEST", message: `${what} ${ACCEPTED}` });
}

function forbidden(what: string): NamedOperation {
  return refused({ status: 403, code: "FORBIDDEN", message: `${what} ${ACCEPTED}` });
}

function refused(error: HttpError): NamedOperation {
  return { kind: "refused", error };
}
