import { request } from "node:http";

/** What a client got. `status` is `null` without headers, `error` the message of what cut the answer short. */
export interface Reply {
  readonly status: number | null;
  readonly text: string;
  readonly error: string | null;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Leave when this aborts, or at the first part of the body. */
  readonly signal?: AbortSignal;
  readonly leaveAtFirstPart?: boolean;
}

/** One call over a connection of its own; never rejects, so that what arrived before a failure can be looked at. */
export function call(url: string, { method = "GET", headers, body, signal, leaveAtFirstPart }: Call = {}) {
  return new Promise<Reply>((resolve) => {
    let status: number | null = null;
    let text = "";
    const fail = (error: Error) => resolve({ status, text, error: error.message });
    const options = { method, agent: false, ...(headers && { headers }), ...(signal && { signal }) };
    const sent = request(url, options, (response) => {
      status = response.statusCode ?? null;
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
        if (leaveAtFirstPart === true) sent.destroy();
      });
      response.on("error", fail);
      response.on("end", () => resolve({ status, text, error: null }));
    });
    sent.on("error", fail);
    sent.end(body);
  });
}

/** A promise and what settles it. */
export function gate() {
  let open = () => {};
  let fail = () => {};
  const until = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = () => reject(new Error("the gate failed"));
  });
  return { until, open, fail };
}
