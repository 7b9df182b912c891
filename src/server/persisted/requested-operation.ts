import type { FastifyRequest } from "fastify";

type Parameters = Readonly<Record<string, unknown>>;

/** Where a request's parameters are: in the body of a POST, in the search of a GET (with its question mark). */
export interface RequestParameters {
  readonly body: unknown;
  readonly search: string;
}

/** How a request names its operation; what it does not give is `null`. */
export interface RequestedOperation {
  readonly text: string | null;
  readonly id: string | null;
}

/** Parameters that hold an id: GraphQL over HTTP's draft, what Relay's guide sends, and what it sent before. */
const ID_PARAMETERS = ["documentId", "doc_id", "id"] as const;

/**
 * The operation that a request asks for, by its parameters or Apollo's `extensions.persistedQuery.sha256Hash`.
 *
 * @see GraphQL over HTTP, Appendix A, Persisted Documents
 */
export function requestedOperation(request: FastifyRequest): RequestedOperation {
  const parameters = namedParameters(request);
  const { persistedQuery } = recordOf(parameters["extensions"]);
  const ids = [...ID_PARAMETERS.map((name) => parameters[name]), recordOf(persistedQuery)["sha256Hash"]];
  return { text: textOf(parameters["query"]), id: ids.map(textOf).find((id) => id !== null) ?? null };
}

/** Whether a GET names an operation, well or badly. */
export function namesOperation({ query }: FastifyRequest): boolean {
  return ["query", "extensions", ...ID_PARAMETERS].some((name) => name in recordOf(query));
}

/** The parameters as the request has them. */
export function parametersOf({ body, url }: FastifyRequest): RequestParameters {
  const mark = url.indexOf("?");
  return { body, search: mark === -1 ? "" : url.slice(mark) };
}

/** The parameters as if the client had sent `text` in full, and no id; the others stay. */
export function parametersWith(request: FastifyRequest, text: string): RequestParameters {
  const { operationName, variables, extensions } = namedParameters(request);
  const parameters = present({ query: text, operationName, variables, extensions: withoutHash(extensions) });
  return isGet(request) ? { body: undefined, search: `?${searchOf(parameters)}` } : { body: parameters, search: "" };
}

function isGet({ method }: FastifyRequest): boolean {
  return method === "GET" || method === "HEAD";
}

/** Of a GET, `extensions` is read as JSON where it is JSON; the rest is text, or a list of texts where it came twice. */
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
