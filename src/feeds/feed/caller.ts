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
  readonly calls: CallAllowance;
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
