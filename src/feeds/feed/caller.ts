import { ProviderError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";

/** How many provider calls an operation may still make. A call that another operation makes does not count. */
export interface CallAllowance {
  readonly left: number;
  /** Takes one call. @returns a function that gives it back, if the call is not made; `null` where none is left. */
  take(): (() => void) | null;
}

/** The operation that needs rows: when it stops waiting, and how many calls it may make. */
export interface Caller {
  /** Aborts when the client disconnects. Ignored once a request was sent. */
  readonly signal: AbortSignal;
  /** Aborts when the operation's time is up: the rows recorded by then are served. */
  readonly deadline?: AbortSignal;
  readonly calls: CallAllowance;
}

/** All callers that wait for one call, as one. */
export interface Calling extends Caller {
  /** Called when a request was sent that the provider may charge. */
  readonly onSent?: () => void;
}

/** The provider calls of one operation. */
export class OperationCalls implements CallAllowance {
  #made = 0;

  constructor(private readonly most: number) {}

  get left(): number {
    return this.most - this.#made;
  }

  take(): (() => void) | null {
    if (this.left <= 0) return null;
    this.#made += 1;
    return () => {
      this.#made -= 1;
    };
  }
}

/** The allowance of several callers: a call counts for the first of them that has a call left. */
export function sharedCalls(callers: () => Iterable<Caller>): CallAllowance {
  return {
    get left() {
      return [...callers()].reduce((left, { calls }) => left + Math.max(0, calls.left), 0);
    },
    take: () => {
      for (const { calls } of callers()) {
        const giveBack = calls.take();
        if (giveBack) return giveBack;
      }
      return null;
    },
  };
}

export function callsExhausted(provider: Provider): ProviderError {
  return new ProviderError(
    provider,
    "PROVIDER_CALLS_EXHAUSTED",
    `The operation has made as many provider calls as it may (MAX_PROVIDER_CALLS), so ${PROVIDER_NAMES[provider]} was not called. Ask for the next page to continue.`,
  );
}

/** The operation's time was up before the provider answered. Only this operation fails; others continue to wait. */
export class TimeIsUpError extends ProviderError {}

/** @param sent whether a request was sent that the provider may charge: the call continues then. */
export function timeIsUp(provider: Provider, sent: boolean): TimeIsUpError {
  const name = PROVIDER_NAMES[provider];
  return sent
    ? new TimeIsUpError(
        provider,
        "PROVIDER_OUTCOME_UNKNOWN",
        `${name} was called, and had not answered when the operation's time was up (OPERATION_TIMEOUT_MS). The call continues and its rows are recorded: read the list again.`,
      )
    : new TimeIsUpError(
        provider,
        "PROVIDER_UNAVAILABLE",
        `The operation's time was up (OPERATION_TIMEOUT_MS) before ${name} had answered.`,
      );
}

/** The result of `work`, or, if the deadline aborts first, the result of `late`. `work` itself continues. */
export function inTime<T>(work: Promise<T>, deadline: AbortSignal | undefined, late: () => T): Promise<T> {
  if (!deadline) return work;
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      Promise.resolve().then(late).then(resolve, reject);
    };
    if (deadline.aborted) giveUp();
    deadline.addEventListener("abort", giveUp, { once: true });
    work.then(resolve, reject).finally(() => deadline.removeEventListener("abort", giveUp));
  });
}
