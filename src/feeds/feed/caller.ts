import { missingScope } from "../../domain/access";
import { NO_ORIGIN, type CallOrigin } from "../../domain/call-origin";
import type { EntityKey } from "../../domain/entity-key";
import { ProviderError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import type { OperationSpending } from "./operation-spending";

/** One provider call that an operation may make: taken before it begins, and ended or given back afterwards. */
export interface TakenCall {
  readonly origin: CallOrigin;
  /** The most that the call may cost. `Infinity`: the operation has no limit of its own. */
  readonly creditsLeft: number;
  /** Sets aside what the call may cost; replaces an earlier reservation. */
  reserve(credits: number): void;
  /** The call was made. @param credits what it was charged; `null` where that is unknown: the reservation stays. */
  end(provider: Provider, credits: number | null, fetched: readonly EntityKey[]): void;
  /** The call was not made. */
  giveBack(): void;
}

/** How many provider calls an operation may still make. A call that another operation makes does not count. */
export interface CallAllowance {
  readonly left: number;
  /** Whether a call that costs `least` credits or more can be taken. */
  canTake(least: number): boolean;
  /**
   * Takes one call that costs `least` credits or more; `null` where that is not allowed.
   *
   * @param user whom the call is for; left out: the user of the request.
   */
  take(least: number, user?: string | null): TakenCall | null;
  /** Takes one call of a kind that is never charged. */
  takeFree(): TakenCall | null;
  /** Why no call that costs `least` credits can be taken. */
  refusal(provider: Provider, least: number): ProviderError;
}

/** An operation may make no such call. Only this operation fails; others that wait for the same rows may make it. */
export class UntakenCallError extends ProviderError {
  /** @param least credits that the call would have cost at least. */
  constructor(
    provider: Provider,
    code: "PROVIDER_CALLS_EXHAUSTED" | "CREDIT_BUDGET_EXCEEDED" | "FORBIDDEN",
    message: string,
    readonly least: number,
  ) {
    super(provider, code, message);
  }
}

/** The operation that needs rows: when it stops waiting, and how many calls it may make. */
export interface Caller {
  /** Aborts when the client disconnects. Ignored once a request was sent. */
  readonly signal: AbortSignal;
  /** Aborts when the operation's time is up: the rows recorded by then are served. */
  readonly deadline?: AbortSignal;
  readonly calls: CallAllowance;
  /** The user whose rows are asked for; left out: the user of the request. */
  readonly user?: string | null;
}

/** All callers that wait for one call, as one. */
export interface Calling extends Caller {
  /** Called when a request was sent that the provider may charge. */
  readonly onSent?: () => void;
}

/** What the provider calls of one operation may be and cost. */
export interface OperationAllowance {
  /** The most calls. */
  readonly calls: number;
  /** The most credits (`x-credits-max`); left out: no limit. */
  readonly credits?: number;
  /** Whether it may make calls that can be charged (the scope `spend`); left out: it may. */
  readonly maySpend?: boolean;
  /** Read when a call is taken. Left out: unknown. */
  readonly origin?: () => CallOrigin;
  readonly spending?: OperationSpending;
}

/** The provider calls of one operation. */
export class OperationCalls implements CallAllowance {
  #made = 0;
  /** Credits that its calls cost or may still cost. */
  #committed = 0;

  constructor(private readonly allowed: OperationAllowance) {}

  get left(): number {
    return this.#maySpend ? this.allowed.calls - this.#made : 0;
  }

  canTake(least: number): boolean {
    return this.left > 0 && least <= this.#creditsLeft;
  }

  take(least: number, user?: string | null): TakenCall | null {
    return this.canTake(least) ? this.#taken(user) : null;
  }

  takeFree(): TakenCall | null {
    return this.#made < this.allowed.calls ? this.#taken() : null;
  }

  refusal(provider: Provider, least: number): UntakenCallError {
    if (!this.#maySpend) return mayNotSpend(provider, least);
    return this.left > 0 ? creditsExhausted(provider, least) : callsExhausted(provider, least);
  }

  get #maySpend(): boolean {
    return this.allowed.maySpend ?? true;
  }

  get #creditsLeft(): number {
    return (this.allowed.credits ?? Infinity) - this.#committed;
  }

  #taken(user?: string | null): TakenCall {
    const { spending } = this.allowed;
    const origin = this.allowed.origin?.() ?? NO_ORIGIN;
    const creditsLeft = this.#creditsLeft;
    let reserved = 0;
    const reserve = (credits: number): void => {
      this.#committed += credits - reserved;
      reserved = credits;
    };
    this.#made += 1;
    return {
      origin: user === undefined ? origin : { ...origin, user },
      creditsLeft,
      reserve,
      end: (provider, credits, fetched) => {
        if (credits !== null) reserve(credits);
        spending?.called(provider, credits ?? 0, fetched);
      },
      giveBack: () => {
        reserve(0);
        this.#made -= 1;
      },
    };
  }
}

/** The allowance of several callers: a call counts for the first of them that may make it. */
export function sharedCalls(callers: () => Iterable<Caller>): CallAllowance {
  return {
    get left() {
      return [...callers()].reduce((left, { calls }) => left + Math.max(0, calls.left), 0);
    },
    canTake: (least) => [...callers()].some(({ calls }) => calls.canTake(least)),
    take: (least, user) => firstOf(callers(), (caller) => caller.calls.take(least, userOf(caller, user))),
    takeFree: () => firstOf(callers(), ({ calls }) => calls.takeFree()),
    refusal: callsExhausted,
  };
}

function firstOf(callers: Iterable<Caller>, take: (caller: Caller) => TakenCall | null): TakenCall | null {
  for (const caller of callers) {
    const taken = take(caller);
    if (taken !== null) return taken;
  }
  return null;
}

function userOf({ user }: Caller, other: string | null | undefined): string | null | undefined {
  return user === undefined ? other : user;
}

/** A failure about the allowance, as it is for one caller: each has its own reason. Other failures are the same for all. */
export function failureFor({ calls }: Caller, failure: ProviderError): ProviderError {
  return failure instanceof UntakenCallError ? calls.refusal(failure.provider, failure.least) : failure;
}

function mayNotSpend(provider: Provider, least: number): UntakenCallError {
  const message = `${PROVIDER_NAMES[provider]} was not called, and recorded rows alone are served. ${missingScope("spend")}`;
  return new UntakenCallError(provider, "FORBIDDEN", message, least);
}

function callsExhausted(provider: Provider, least: number): UntakenCallError {
  const message = `The operation has made as many provider calls as it may (MAX_PROVIDER_CALLS), so ${PROVIDER_NAMES[provider]} was not called. Ask for the next page to continue.`;
  return new UntakenCallError(provider, "PROVIDER_CALLS_EXHAUSTED", message, least);
}

function creditsExhausted(provider: Provider, least: number): UntakenCallError {
  const message = `The next call of ${PROVIDER_NAMES[provider]} can cost ${String(least)} or more, which is over what x-credits-max leaves to this operation, so it was not called.`;
  return new UntakenCallError(provider, "CREDIT_BUDGET_EXCEEDED", message, least);
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
