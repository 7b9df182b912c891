import { Environment, Network, RecordSource, Store, type FetchFunction, type GraphQLResponse } from "relay-runtime";

/** What a frontend starts with. Records are kept by `id`, which is Relay's way unless told. */
export function createEnvironment(url: string, send: typeof fetch = fetch): Environment {
  const execute: FetchFunction = async ({ name, text }, variables) => {
    const response = await send(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ operationName: name, query: text, variables }),
    });
    const answer = (await response.json()) as GraphQLResponse & { readonly errors?: readonly GraphError[] };
    // A connection that came as null would otherwise take the place of the rows on screen.
    if (answer.errors?.[0]) throw new PageError(answer.errors[0]);
    return answer;
  };
  return new Environment({ network: Network.create(execute), store: new Store(new RecordSource()) });
}

interface GraphError {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly retryable?: boolean; readonly retryAfter?: string };
}

/** Why nothing came, with what says whether to ask again and when. */
export class PageError extends Error {
  override readonly name = "PageError";

  constructor({ message, extensions }: GraphError) {
    super(message);
    this.extensions = extensions;
  }

  readonly extensions: GraphError["extensions"];
}
