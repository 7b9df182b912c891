/** A whole answer, whatever its status. Header names are in lower case. */
export interface Answered {
  readonly kind: "answered";
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly durationMs: number;
}

/** Something came back that cannot be read: too large, not HTTP, or not what its encoding says. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly how: "too-large" | "garbled";
  readonly code: string;
  readonly durationMs: number;
}

/** No whole answer. `sent`: the request may have reached the provider. */
export interface Lost {
  readonly kind: "lost";
  readonly how: "timeout" | "connection" | "cut-off" | "certificate";
  readonly sent: boolean;
  readonly code: string;
  readonly durationMs: number;
}

/** Our own circuit or limiter, or the provider's quota, kept the request back: nothing was sent, nor may be before `until`. */
export interface Held {
  readonly kind: "held";
  readonly by: "circuit" | "limiter" | "quota";
  readonly until: Date;
}

/** What came of an attempt that was let through. */
export type SendOutcome = Answered | Unreadable | Lost;

export type Outcome = SendOutcome | Held;

/** Whether the breaker counts it: the provider is down, overwhelmed or out of reach. */
export function isOutage(outcome: SendOutcome): boolean {
  if (outcome.kind === "lost") return outcome.how !== "certificate";
  return outcome.kind === "answered" && (outcome.status >= 500 || outcome.status === 429);
}

export type ParsedJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** Where JSON can have a NUL or an unpaired surrogate: they are escaped in it, since the bytes were UTF-8. */
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/i;

/** Tells text that is not JSON from the JSON `null`. Its texts have no NUL and no unpaired surrogate: no store keeps them. */
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
