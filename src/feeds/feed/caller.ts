import { ProviderError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";

/** How many provider calls an operation may still make; a call that it only waits for is not its own. */
export interface CallAllowance {
  readonly left: number;
  /** Takes one. @returns what gives it back, where the call is not made after all; `null` where none is left. */
  take(): (() => void) | null;
}

/** On whose behalf a feed is extended. */
export interface Caller {
  /** Aborts when the caller goes away; heeded only while nothing was sent. */
  readonly signal: AbortSignal;
  /** Aborts when the operation's time is up: what was reached by then is served. */
  readonly deadline?: AbortSignal;
  readonly calls: CallAllowance;
}

/** On whose behalf a call is made: of all who wait for it. */
export interface Calling extends Caller {
  /** Called when something was sent that may be charged each time. */
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

/** A call is made by the first of those who want it that may still make one; the others only wait for it. */
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
    `The operation has made as many provider calls as it may (MAX_PROVIDER_CALLS), so ${PROVIDER_NAMES[provider]} was not asked. Ask for the next page to go on.`,
  );
}

/** The operation's time was up before the provider had answered: only that operation fails for it. */
export class TimeIsUpError extends ProviderError {}

/** @param sent whether something was sent that may be charged each time: it goes on. */
export function timeIsUp(provider: Provider, sent: boolean): TimeIsUpError {
  const name = PROVIDER_NAMES[provider];
  return sent
    ? new TimeIsUpError(
        provider,
        "PROVIDER_OUTCOME_UNKNOWN",
        `${name} was asked, and had not answered when the operation's time was up (OPERATION_TIMEOUT_MS). The call goes on, and what it brings is recorded: read the list again.`,
      )
    : new TimeIsUpError(
        provider,
        "PROVIDER_UNAVAILABLE",
        `The operation's time was up (OPERATION_TIMEOUT_MS) before ${name} had answered.`,
      );
}

/** What `work` comes to, or, once the deadline fires, what `late` gives; `work` itself goes on. */
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
