import { failuresIn, ProviderError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import { sharedCalls, TimeIsUpError, timeIsUp, type Caller } from "./caller";
import type { Extended, Extender, GrowingFeed } from "./extender";
import type { Ages, AnySource } from "./feed-source.port";
import type { FeedHead } from "./feed-model";

/** So many calls in a row may bring only rows that are known already; a day turn needs two. */
const MAX_FRUITLESS_CALLS = 10;

interface Waiter {
  readonly to: number;
  readonly caller: Caller;
  /** Why lists failed on the way, once a provider and code. */
  readonly failures: Map<string, ProviderError>;
  readonly resolve: (failures: readonly ProviderError[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** A feed of this process: where it stands, and who waits for it to grow. Many readers at its end make one call. */
export class Feed implements GrowingFeed {
  #head: FeedHead;
  #running = false;
  #abandoned = new AbortController();
  /** Aborts where somebody's time is up who waits for other lists: they are to give what they have. */
  #hurry = new AbortController();
  /** Whether the call under way was sent, and may be charged each time. */
  #isSent = false;
  readonly #waiters = new Set<Waiter>();
  #readAt = 0;
  /** As which time `#readAt` was noted last. */
  #notedAt = 0;
  readonly #calls = sharedCalls(() => [...this.#waiters].map(({ caller }) => caller));

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

  /** How many rows those who wait lack. */
  get missing(): number {
    return Math.max(0, ...[...this.#waiters].map(({ to }) => to - this.#head.length));
  }

  /** Stands where `head` says from now on; rows that were folded meanwhile stay so, and a closed feed stays closed. */
  moveTo(head: FeedHead): void {
    const { closed, folded } = this.#head;
    this.#head = {
      ...head,
      closed: closed || head.closed,
      folded: folded.length > head.folded.length ? folded : head.folded,
    };
  }

  /** Shows fewer rows from now on. */
  fold(folded: readonly number[]): void {
    this.#head = { ...this.#head, folded };
  }

  close(): void {
    this.#head = { ...this.#head, closed: true };
  }

  /** When it was read last; milliseconds since 1970 UTC. */
  get readAt(): number {
    return this.#readAt;
  }

  /** Somebody reads it. Milliseconds since 1970 UTC. */
  readBy(at: number): void {
    this.#readAt = at;
  }

  /** When it was read last, where that is `everyMs` or more after what was noted before; that is noted now. Else `null`. */
  noteRead(everyMs: number): number | null {
    if (this.#readAt <= this.#notedAt || this.#readAt - this.#notedAt < everyMs) return null;
    this.#notedAt = this.#readAt;
    return this.#readAt;
  }

  /** Whether there may be rows past the record: asking for them makes a call. */
  mayGrow({ recheckAfterMs }: Ages): boolean {
    const { closed, endedAt } = this.#head;
    if (closed) return false;
    if (endedAt === null) return true;
    return recheckAfterMs !== null && this.now().getTime() - endedAt.getTime() >= recheckAfterMs;
  }

  /**
   * Resolves once `to` rows are recorded, the feed has ended, or the lists that it is made of can give no more now.
   *
   * @returns why those of the lists that failed on the way did.
   * @throws {ProviderError} the provider failed before that, or nobody who waits may make another call; what came until
   *   then is recorded.
   * @throws {NoRowsError} likewise, where every list that a merged feed asked failed.
   * @throws {TimeIsUpError} the caller's time was up first; a call that was sent goes on.
   * @throws the signal's reason, where the caller went away first.
   */
  reach(to: number, source: AnySource, caller: Caller): Promise<readonly ProviderError[]> {
    const { signal, deadline } = caller;
    if (this.#head.length >= to || !this.mayGrow(source)) return Promise.resolve([]);
    if (signal.aborted) return Promise.reject(reasonOf(signal));
    if (deadline?.aborted && source.provider !== "MERGED") return Promise.reject(timeIsUp(source.provider, false));
    return new Promise((resolve, reject) => {
      const leave = (reason: Error): void => {
        this.#waiters.delete(waiter);
        if (this.#waiters.size === 0) this.#abandoned.abort(new Error(reason.message));
        waiter.reject(reason);
      };
      const goAway = (): void => leave(reasonOf(signal));
      const beLate = (): void => {
        if (source.provider === "MERGED") this.#hurry.abort();
        else leave(timeIsUp(source.provider, this.#isSent));
      };
      const stay = <Args extends unknown[]>(settle: (...args: Args) => void): ((...args: Args) => void) => {
        return (...args) => {
          signal.removeEventListener("abort", goAway);
          deadline?.removeEventListener("abort", beLate);
          settle(...args);
        };
      };
      const waiter: Waiter = { to, caller, failures: new Map(), resolve: stay(resolve), reject: stay(reject) };
      signal.addEventListener("abort", goAway, { once: true });
      deadline?.addEventListener("abort", beLate, { once: true });
      this.#waiters.add(waiter);
      if (!this.#running) void this.#run(source);
    });
  }

  async #run(source: AnySource): Promise<void> {
    this.#running = true;
    let fruitless = 0;
    try {
      while (this.#waiters.size > 0) {
        this.#abandoned = new AbortController();
        this.#hurry = new AbortController();
        if ([...this.#waiters].some(({ caller }) => caller.deadline?.aborted)) this.#hurry.abort();
        this.#isSent = false;
        const before = this.#head.length;
        const extended = await this.#step(source);
        fruitless = extended && this.#head.length === before ? fruitless + 1 : 0;
        if (source.provider !== "MERGED" && fruitless === MAX_FRUITLESS_CALLS) this.#fail(onlyKnownRows(source));
        this.#release(source, extended);
      }
    } finally {
      this.#running = false;
    }
  }

  /** @returns `null` where the call failed or was abandoned, and the waiters were told. */
  async #step(source: AnySource): Promise<Extended | null> {
    const { signal } = this.#abandoned;
    const { signal: deadline } = this.#hurry;
    const onSent = (): void => {
      this.#isSent = true;
    };
    try {
      return await this.extender.extend(this, source, { signal, deadline, calls: this.#calls, onSent });
    } catch (error) {
      // Those who came after the call was abandoned still want their rows: they get a call of their own, unless it was
      // sent all the same, and failed: their rows were asked for then.
      if (!signal.aborted || failuresIn(error)) this.#fail(error);
      return null;
    }
  }

  /** Lets those go who have what they wanted, and those whom a merged feed gave all that can be had now. */
  #release(source: AnySource, extended: Extended | null): void {
    for (const waiter of this.#waiters) {
      const failures = (extended?.failures ?? []).filter((failure) => !isOthers(waiter, failure));
      for (const failure of failures) waiter.failures.set(`${failure.provider} ${failure.code}`, failure);
      const isTried = waiter.to <= (extended?.triedTo ?? 0) && !mayGoOn(waiter, extended?.failures ?? []);
      if (this.#head.length < waiter.to && !isTried && this.mayGrow(source)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve([...waiter.failures.values()]);
    }
  }

  #fail(error: unknown): void {
    for (const waiter of [...this.#waiters]) {
      if (mayGoOn(waiter, failuresIn(error) ?? [])) continue;
      this.#waiters.delete(waiter);
      waiter.reject(error);
    }
  }
}

/** Whether only others have made all their calls, or have no time left: a waiter who has goes on. */
function mayGoOn(waiter: Waiter, failures: readonly ProviderError[]): boolean {
  return failures.some((failure) => isOthers(waiter, failure));
}

function isOthers({ caller }: Waiter, failure: ProviderError): boolean {
  if (failure instanceof TimeIsUpError) return !caller.deadline?.aborted;
  return failure.code === "PROVIDER_CALLS_EXHAUSTED" && caller.calls.left > 0;
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error("the caller went away");
}

function onlyKnownRows({ provider }: { readonly provider: Provider }): ProviderError {
  return new ProviderError(
    provider,
    "PROVIDER_BAD_RESPONSE",
    `${PROVIDER_NAMES[provider]} said that there is more, but ${String(MAX_FRUITLESS_CALLS)} answers in a row held nothing new.`,
  );
}
