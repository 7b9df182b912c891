import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import type { SimulatorRequest } from "./call-log";

/** A call. `problem` is the error to answer; `null` where the body can be read. */
export interface Arrival {
  readonly request: SimulatorRequest;
  readonly problem: { readonly status: number; readonly message: string } | null;
}

/**
 * Reads a complete call.
 *
 * @throws {Error} the client disconnects before the body is complete.
 */
export async function readRequest(message: IncomingMessage, maxBytes: number, now: () => number): Promise<Arrival> {
  const { body, problem } = readBody(await buffer(message), maxBytes);
  const { pathname, searchParams } = new URL(message.url ?? "/", "http://simulator");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value);
  const request = {
    at: now(),
    method: message.method ?? "GET",
    path: pathname,
    query: readQuery(searchParams),
    headers,
    body,
  };
  return { request, problem };
}

function readQuery(params: URLSearchParams): SimulatorRequest["query"] {
  const query: Record<string, string | readonly string[]> = {};
  for (const name of params.keys()) {
    const values = params.getAll(name);
    query[name] = values.length > 1 ? values : (values[0] ?? "");
  }
  return query;
}

function readBody(bytes: Buffer, maxBytes: number): Pick<Arrival, "problem"> & { body: unknown } {
  if (bytes.length > maxBytes) return { body: undefined, problem: { status: 413, message: "body: too large" } };
  if (bytes.length === 0) return { body: undefined, problem: null };
  const text = bytes.toString("utf8");
  try {
    const body: unknown = JSON.parse(text);
    return { body, problem: null };
  } catch {
    return { body: text, problem: { status: 400, message: "body: not valid JSON" } };
  }
}
