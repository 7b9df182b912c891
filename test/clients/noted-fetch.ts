/** `fetch`, and the names of the operations that were sent through it, in order. */
export interface NotedFetch {
  readonly fetch: typeof fetch;
  readonly sent: string[];
}

export function notedFetch(): NotedFetch {
  const sent: string[] = [];
  return {
    sent,
    fetch: (input, init) => {
      sent.push(operationName(init?.body));
      return fetch(input, init);
    },
  };
}

/** Every client here sends JSON, with the operation's name beside its text. */
function operationName(body: unknown): string {
  if (typeof body !== "string") throw new Error("a body that is not text");
  return (JSON.parse(body) as { readonly operationName: string }).operationName;
}
