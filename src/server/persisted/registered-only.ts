import type { FastifyRequest } from "fastify";
import type { Refusal } from "../refusal";
import type { PersistedOperations } from "./persisted-operations";
import { replaceOperation, requestedOperation } from "./requested-operation";

const ACCEPTED =
  "Only registered operations run here: send the id of one (documentId, or extensions.persistedQuery.sha256Hash) or " +
  "its text as it was registered. Nothing was executed.";

/**
 * Lets only registered operations through, each as its text. `null` where this one is let through; an unknown id is
 * not `PERSISTED_QUERY_NOT_FOUND`, on which clients send the text that is not registered either.
 */
export function refuseUnregistered(request: FastifyRequest, operations: PersistedOperations): Refusal | null {
  const { text, id } = requestedOperation(request);
  if (text === null && id === null) return badRequest("This request names no operation.");
  if (text !== null && !operations.has(text)) return forbidden("This operation is not registered.");
  const found = text ?? operations.textOf(id ?? "");
  if (found === null) return forbidden("No operation is registered under this id.");
  replaceOperation(request, found);
  return null;
}

function badRequest(what: string): Refusal {
  return { status: 400, code: "BAD_REQUEST", message: `${what} ${ACCEPTED}` };
}

function forbidden(what: string): Refusal {
  return { status: 403, code: "FORBIDDEN", message: `${what} ${ACCEPTED}` };
}
