import type { FastifyRequest } from "fastify";
import type { Refusal } from "../http-error";
import type { PersistedOperations } from "./persisted-operations";
import { parametersWith, requestedOperation, type RequestParameters } from "./requested-operation";

const ACCEPTED =
  "Only registered operations run here: send the id of one (documentId, or extensions.persistedQuery.sha256Hash) or " +
  "its text as it was registered. Nothing was executed.";

/** What a request asks for, or why it goes no further. */
export type NamedOperation =
  | { readonly kind: "named"; readonly parameters: RequestParameters }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/**
 * The registered operation that a request names, as the text that was registered, however the request spells it. An
 * unknown id is not `PERSISTED_QUERY_NOT_FOUND`, on which clients send the text that is not registered either.
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

function refused(refusal: Refusal): NamedOperation {
  return { kind: "refused", refusal };
}
