/** What a provider says to a call. No body is sent where `body` is `undefined`. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What goes wrong with a call. "The work" is what the provider does for it: what it charges, remembers and counts
 * against the rate limit, even where the caller gets no word of it.
 */
export type Fault = (
  | StatusFault
  /** Does the work, answers properly after `ms`. */
  | { readonly kind: "delay"; readonly ms: number }
  /** Does nothing and never answers: the connection stays open until the client leaves or the simulator closes. */
  | { readonly kind: "hang" }
  /** Does the work, answers properly once the promise settles, either way: for tests without sleeps. */
  | { readonly kind: "hold"; readonly until: Promise<unknown> }
  /** Resets the connection (RST) before the work, or after it and before a word of the answer. */
  | { readonly kind: "reset"; readonly when: "before" | "after" }
  /** Does the work, answers 200 with a body that is not JSON. */
  | { readonly kind: "malformed" }
  /** Does the work, answers 200 with this JSON instead. */
  | { readonly kind: "shape"; readonly body: unknown }
  /** Does the work, answers with what `alter` makes of the proper answer. */
  | { readonly kind: "altered"; readonly alter: (answer: Answer) => Answer }
  /** Does the work, sends the headers and half the body, then cuts the connection. */
  | { readonly kind: "truncated" }
  /** Does the work, sends the headers and half the body at once, the rest after `ms`. */
  | { readonly kind: "slow-body"; readonly ms: number }
) & {
  /** Only calls to this path meet the fault; left out, any call does. */
  readonly path?: string;
};

/** Answers so after `afterMs` (0 unless told), without doing the work. No body: the provider's own error body for the status. */
export interface StatusFault {
  readonly kind: "status";
  readonly afterMs?: number;
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Which fault the next call meets: the first queued one that is meant for it, else the lasting one, else none. */
export class FaultQueue {
  private queued: readonly Fault[] = [];
  private lasting: Fault | null = null;

  /** One fault per coming call, in this order, after those queued already. */
  failNext(...faults: readonly Fault[]): void {
    this.queued = [...this.queued, ...faults];
  }

  /** `null` ends it. */
  failAlways(fault: Fault | null): void {
    this.lasting = fault;
  }

  /** Takes the fault for a call to `path` out of the queue. */
  take(path: string): Fault | null {
    const place = this.queued.findIndex((fault) => isFor(fault, path));
    const next = this.queued[place];
    if (next === undefined) return this.lasting !== null && isFor(this.lasting, path) ? this.lasting : null;
    this.queued = this.queued.toSpliced(place, 1);
    return next;
  }
}

function isFor(fault: Fault, path: string): boolean {
  return fault.path === undefined || fault.path === path;
}
