import type { ServerResponse } from "node:http";

/**
 * Returns a function that gives the signal of the request: it aborts if the client disconnects before the answer was sent. The
 * signal is created at the first call.
 */
export function callerSignal(response: ServerResponse): () => AbortSignal {
  let controller: AbortController | null = null;
  return () => {
    if (controller) return controller.signal;
    const mine = new AbortController();
    controller = mine;
    const leave = (): void => {
      if (!response.writableFinished) mine.abort(new Error("the caller went away"));
    };
    if (response.destroyed) leave();
    else response.once("close", leave);
    return mine.signal;
  };
}
