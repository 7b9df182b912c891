/** A complete answer, with any status. Header names are in lower case. */
export interface Answered {
  readonly kind: "answered";
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly durationMs: number;
}

/** An answer that cannot be read: too large, no valid HTTP, or with a broken encoding. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly how: "too-large" | "garbled";
  readonly code: string;
  readonly durationMs: number;
}

/** No complete answer. `sent`: the request may have reached the provider. */
export interface Lost {
  readonly kind: "lost";
  readonly how: "timeout" | "connection" | "cut-off" | "certificate";
  readonly sent: boolean;
  readonly code: string;
  readonly durationMs: number;
}

/** The request was not sent, because of our circuit breaker or limiter or the provider's quota. The next may be sent at `until`. */
export interface Held {
  readonly kind: "held";
  readonly by: "circuit" | "limiter" | "quota";
  readonly until: Date;
}

/** The result of an attempt that was sent or tried to be sent. */
export type SendOutcome = Answered | Unreadable | Lost;

export type Outcome = SendOutcome | Held;

/** Whether the circuit breaker counts it: the provider is down, overloaded or unreachable. */
export function isOutage(outcome: SendOutcome): boolean {
  if (outcome.kind === "lost") return outcome.how !== "certificate";
  return outcome.kind === "answered" && (outcome.status >= 500 || outcome.status === 429);
}

export type ParsedJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** A NUL or an unpaired surrogate in JSON text. They are always escaped, since the bytes are UTF-8. */
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/i;

/** Parses JSON, and removes NULs and unpaired surrogates from its texts, which the database cannot store. */
export function parseJson(text: string): ParsedJson {
  try {
    const value: unknown = UNSTORABLE_ESCAPE.test(text) ? JSON.parse(text, storable) : JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}

function storable(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value;
}
