/** An answer. Without `body`, no body is sent. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A fault of a call. "The work" is what the provider does for a call: it charges, stores, and counts the call against the rate
 * limit, even if the caller gets no answer.
 */
export type Fault = (
  | StatusFault
  /** Does the work, and answers correctly after `ms`. */
  | { readonly kind: "delay"; readonly ms: number }
  /** Does no work and never answers: the connection stays open until the client or the simulator closes it. */
  | { readonly kind: "hang" }
  /** Does the work, and answers correctly when the promise settles: for tests without sleeps. */
  | { readonly kind: "hold"; readonly until: Promise<unknown> }
  /** Resets the connection (RST) before the work, or after it and before the answer. */
  | { readonly kind: "reset"; readonly when: "before" | "after" }
  /** Does the work, and answers 200 with a body that is not JSON. */
  | { readonly kind: "malformed" }
  /** Does the work, and answers 200 with this JSON instead. */
  | { readonly kind: "shape"; readonly body: unknown }
  /** Does the work, and answers with the result of `alter`. */
  | { readonly kind: "altered"; readonly alter: (answer: Answer) => Answer }
  /** Does the work, sends the headers and half the body, then closes the connection. */
  | { readonly kind: "truncated" }
  /** Does the work, sends the headers and half the body at once, and the rest after `ms`. */
  | { readonly kind: "slow-body"; readonly ms: number }
) & {
  /** The fault is for calls to this path only; left out: for all calls. */
  readonly path?: string;
};

/**
 * Answers with this status after `afterMs` (default 0), without doing the work. Without `body`, the provider's error body for
 * the status.
 */
export interface StatusFault {
  readonly kind: "status";
  readonly afterMs?: number;
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Chooses the fault of the next call: the first queued one for its path, else the permanent one, else none. */
export class FaultQueue {
  private queued: readonly Fault[] = [];
  private lasting: Fault | null = null;

  /** Queues faults, one for each of the next calls, after those in the queue. */
  failNext(...faults: readonly Fault[]): void {
    this.queued = [...this.queued, ...faults];
  }

  /** Sets the permanent fault; `null`: none. */
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
