import type { FastifyRequest } from "fastify";

type Parameters = Readonly<Record<string, unknown>>;

/** The parameters of a request: the body of a POST, or the query string of a GET (with its question mark). */
export interface RequestParameters {
  readonly body: unknown;
  readonly search: string;
}

/** The text and id in a request; a missing one is `null`. */
export interface RequestedOperation {
  readonly text: string | null;
  readonly id: string | null;
}

/** Parameters with an id: of the GraphQL over HTTP draft, of Relay's guide, and of its older version. */
const ID_PARAMETERS = ["documentId", "doc_id", "id"] as const;

/**
 * The operation in a request: by its parameters, or Apollo's `extensions.persistedQuery.sha256Hash`.
 *
 * @see GraphQL over HTTP, Appendix A, Persisted Documents
 */
export function requestedOperation(request: FastifyRequest): RequestedOperation {
  const parameters = namedParameters(request);
  const { persistedQuery } = recordOf(parameters["extensions"]);
  const ids = [...ID_PARAMETERS.map((name) => parameters[name]), recordOf(persistedQuery)["sha256Hash"]];
  return { text: textOf(parameters["query"]), id: ids.map(textOf).find((id) => id !== null) ?? null };
}

/** Whether a GET has an operation, valid or not. */
export function namesOperation({ query }: FastifyRequest): boolean {
  return ["query", "extensions", ...ID_PARAMETERS].some((name) => name in recordOf(query));
}

/** The parameters, unchanged. */
export function parametersOf({ body, url }: FastifyRequest): RequestParameters {
  const mark = url.indexOf("?");
  return { body, search: mark === -1 ? "" : url.slice(mark) };
}

/** The parameters as if the client had sent `text` and no id; the others stay. */
export function parametersWith(request: FastifyRequest, text: string): RequestParameters {
  const { operationName, variables, extensions } = namedParameters(request);
  const parameters = present({ query: text, operationName, variables, extensions: withoutHash(extensions) });
  return isGet(request) ? { body: undefined, search: `?${searchOf(parameters)}` } : { body: parameters, search: "" };
}

function isGet({ method }: FastifyRequest): boolean {
  return method === "GET" || method === "HEAD";
}

/**
 * The parameters by name. In a GET, `extensions` is parsed where it is JSON; the others are texts, or lists of texts where
 * they occur twice.
 */
function namedParameters(request: FastifyRequest): Parameters {
  if (!isGet(request)) return recordOf(request.body);
  const query = recordOf(request.query);
  return { ...query, extensions: parsed(query["extensions"]) };
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value; // Apollo Server says what is wrong with it
  }
}

function withoutHash(extensions: unknown): unknown {
  if (!isRecord(extensions)) return extensions;
  const others = Object.entries(extensions).filter(([name]) => name !== "persistedQuery");
  return others.length > 0 ? Object.fromEntries(others) : undefined;
}

function present(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
}

function searchOf(parameters: Parameters): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      search.append(name, typeof one === "string" ? one : JSON.stringify(one));
    }
  }
  return search.toString();
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function recordOf(value: unknown): Parameters {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Parameters {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
