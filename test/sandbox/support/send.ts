/** What a provider answered, its body as JSON. */
export interface JsonReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** One call with a JSON body, or without any where `body` is left out. */
export async function send(
  url: string,
  { method = "POST", headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: unknown },
): Promise<JsonReply> {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json(), headers: response.headers };
}
