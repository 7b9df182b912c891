import type { ServerResponse } from "node:http";

/** Gives, when first asked, the signal that aborts where the caller leaves before the answer went out. */
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
