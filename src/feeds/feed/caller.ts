import { missingScope } from "../../domain/access";
import { ProviderError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";

/** How many provider calls an operation may still make. A call that another operation makes does not count. */
export interface CallAllowance {
  readonly left: number;
  /** Takes one call. @returns a function that gives it back, if the call is not made; `null` where none is left. */
  take(): (() => void) | null;
  /** Takes one call of a kind that is never charged. */
  takeFree(): (() => void) | null;
  /** Why no call can be taken. */
  refusal(provider: Provider): ProviderError;
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

  /** @param maySpend whether it may make calls that can be charged (the scope `spend`). */
  constructor(
    private readonly most: number,
    private readonly maySpend = true,
  ) {}

  get left(): number {
    return this.maySpend ? this.most - this.#made : 0;
  }

  take(): (() => void) | null {
    return this.maySpend ? this.takeFree() : null;
  }

  takeFree(): (() => void) | null {
    if (this.#made >= this.most) return null;
    this.#made += 1;
    return () => {
      this.#made -= 1;
    };
  }

  refusal(provider: Provider): ProviderError {
    return this.maySpend ? callsExhausted(provider) : mayNotSpend(provider);
  }
}

/** The allowance of several callers: a call counts for the first of them that has a call left. */
export function sharedCalls(callers: () => Iterable<Caller>): CallAllowance {
  return {
    get left() {
      return [...callers()].reduce((left, { calls }) => left + Math.max(0, calls.left), 0);
    },
    take: () => firstOf(callers(), (calls) => calls.take()),
    takeFree: () => firstOf(callers(), (calls) => calls.takeFree()),
    refusal: callsExhausted,
  };
}

function firstOf<T>(callers: Iterable<Caller>, take: (calls: CallAllowance) => T | null): T | null {
  for (const { calls } of callers) {
    const taken = take(calls);
    if (taken !== null) return taken;
  }
  return null;
}

/** A failure about the calls that are left, as it is for one caller: each has its own reason. Other failures are the same for all. */
export function failureFor({ calls }: Caller, failure: ProviderError): ProviderError {
  return isAboutCalls(failure) ? calls.refusal(failure.provider) : failure;
}

/** Whether no call was made because none of the callers had one left. */
export function isAboutCalls({ code }: ProviderError): boolean {
  return code === "PROVIDER_CALLS_EXHAUSTED" || code === "FORBIDDEN";
}

function mayNotSpend(provider: Provider): ProviderError {
  const message = `${PROVIDER_NAMES[provider]} was not called, and recorded rows alone are served. ${missingScope("spend")}`;
  return new ProviderError(provider, "FORBIDDEN", message);
}

function callsExhausted(provider: Provider): ProviderError {
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
