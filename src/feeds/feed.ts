import { ProviderError } from "../domain/errors";
import { PROVIDER_NAMES } from "../domain/provider";
import type { Extender } from "./extender";
import type { FeedSource } from "./feed-source";
import type { FeedHead } from "./feed-store";

/** So many calls in a row may bring only rows that are known already; a day turn needs two. */
const MAX_FRUITLESS_CALLS = 10;

interface Waiter {
  readonly to: number;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** A feed of this process: where it stands, and who waits for it to grow. Many readers at its end make one call. */
export class Feed {
  #head: FeedHead;
  #running = false;
  #abandoned = new AbortController();
  readonly #waiters = new Set<Waiter>();

  constructor(
    head: FeedHead,
    private readonly extender: Extender,
    private readonly now: () => Date,
  ) {
    this.#head = head;
  }

  get head(): FeedHead {
    return this.#head;
  }

  close(): void {
    this.#head = { ...this.#head, closed: true };
  }

  /** Whether there may be rows past the record: asking for them makes a call. */
  mayGrow({ recheckAfterMs }: FeedSource): boolean {
    const { closed, endedAt } = this.#head;
    if (closed) return false;
    if (endedAt === null) return true;
    return recheckAfterMs !== null && this.now().getTime() - endedAt.getTime() >= recheckAfterMs;
  }

  /**
   * Resolves once `to` rows are recorded or the feed has ended.
   *
   * @throws {ProviderError} the provider failed before that; what it gave until then is recorded.
   * @throws the signal's reason, where the caller went away first.
   */
  reach(to: number, source: FeedSource, signal: AbortSignal): Promise<void> {
    if (this.#head.length >= to || !this.mayGrow(source)) return Promise.resolve();
    if (signal.aborted) return Promise.reject(reasonOf(signal));
    return new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.#waiters.delete(waiter);
        if (this.#waiters.size === 0) this.#abandoned.abort(reasonOf(signal));
        reject(reasonOf(signal));
      };
      const stay = <Args extends unknown[]>(settle: (...args: Args) => void): ((...args: Args) => void) => {
        return (...args) => {
          signal.removeEventListener("abort", leave);
          settle(...args);
        };
      };
      const waiter: Waiter = { to, resolve: stay(resolve), reject: stay(reject) };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiters.add(waiter);
      if (!this.#running) void this.#run(source);
    });
  }

  async #run(source: FeedSource): Promise<void> {
    this.#running = true;
    let fruitless = 0;
    try {
      while (this.#waiters.size > 0) {
        this.#abandoned = new AbortController();
        const before = this.#head.length;
        fruitless = (await this.#step(source)) && this.#head.length === before ? fruitless + 1 : 0;
        if (fruitless === MAX_FRUITLESS_CALLS) this.#fail(onlyKnownRows(this.#head));
        this.#release(source);
      }
    } finally {
      this.#running = false;
    }
  }

  /** @returns false where the call failed or was abandoned, and the waiters were told. */
  async #step(source: FeedSource): Promise<boolean> {
    const { signal } = this.#abandoned;
    try {
      this.#head = await this.extender.extend(this.#head, source, () => this.#missing(), signal);
      return true;
    } catch (error) {
      // Those who came after the call was abandoned still want their rows: they get a call of their own, unless it was
      // sent all the same, and failed: their rows were asked for then.
      if (!signal.aborted || error instanceof ProviderError) this.#fail(error);
      return false;
    }
  }

  #missing(): number {
    return Math.max(1, ...[...this.#waiters].map(({ to }) => to - this.#head.length));
  }

  #release(source: FeedSource): void {
    for (const waiter of this.#waiters) {
      if (this.#head.length < waiter.to && this.mayGrow(source)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve();
    }
  }

  #fail(error: unknown): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) waiter.reject(error);
  }
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error("the caller went away");
}

function onlyKnownRows({ provider }: FeedHead): ProviderError {
  return new ProviderError(
    provider,
    "PROVIDER_BAD_RESPONSE",
    `${PROVIDER_NAMES[provider]} said that there is more, but ${String(MAX_FRUITLESS_CALLS)} answers in a row held nothing new.`,
  );
}
