import { failuresIn, NoRowsError, ProviderError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import { failureFor, sharedCalls, TimeIsUpError, timeIsUp, UntakenCallError, type Caller } from "./caller";
import type { Extended, Extender, GrowingFeed } from "./extender";
import type { Ages, AnySource } from "./feed-source.port";
import type { FeedHead } from "./feed-model";

/** How many calls in a row may bring no new row before the feed fails. A provider with daily lists needs two when the day changes. */
const MAX_CALLS_WITHOUT_NEW_ROWS = 10;

interface Waiter {
  readonly to: number;
  readonly caller: Caller;
  /** Failures of lists while the caller waited, one for each provider and code. */
  readonly failures: Map<string, ProviderError>;
  readonly resolve: (failures: readonly ProviderError[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** A feed in memory: its head, and the callers that wait for more rows. Callers that wait at the same time share one call. */
export class Feed implements GrowingFeed {
  #head: FeedHead;
  #running = false;
  #isStale = false;
  #callAbort = new AbortController();
  /** Aborts when the time of a caller that waits for a merged feed is up: its lists then return what they have. */
  #callDeadline = new AbortController();
  /** Whether the current call was sent to a provider that may charge every request. */
  #isSent = false;
  readonly #waiters = new Set<Waiter>();
  #readAt = 0;
  /** The value of `#readAt` that `noteRead` returned last. */
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

  /** Whether another process may have changed the feed since its head was read. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** To be called after another process wrote. */
  expire(): void {
    this.#isStale = true;
  }

  /** Takes over a head that was read from the store. One that is behind the feed is ignored. */
  follow(head: FeedHead): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    if (head.length >= this.#head.length) this.moveTo(head);
  }

  /** How many more rows the waiting callers need, at most. */
  get missing(): number {
    return Math.max(0, ...[...this.#waiters].map(({ to }) => to - this.#head.length));
  }

  /** Replaces the head. Rows that were folded or forgotten in the meantime stay so, and a closed feed stays closed. */
  moveTo(head: FeedHead): void {
    const { closed, folded, forgotten } = this.#head;
    this.#head = {
      ...head,
      closed: closed || head.closed,
      folded: folded.length > head.folded.length ? folded : head.folded,
      forgotten: forgotten.length > head.forgotten.length ? forgotten : head.forgotten,
    };
  }

  /** Replaces the positions of the rows that are not shown. */
  fold(folded: readonly number[]): void {
    this.#head = { ...this.#head, folded };
  }

  close(): void {
    this.#head = { ...this.#head, closed: true };
  }

  /** Time of the last read; milliseconds since 1970 UTC. */
  get readAt(): number {
    return this.#readAt;
  }

  /** Sets the time of the last read; milliseconds since 1970 UTC. */
  readBy(at: number): void {
    this.#readAt = at;
  }

  /** The time of the last read, if it is at least `everyMs` after the time that this method returned before; else `null`. */
  noteRead(everyMs: number): number | null {
    if (this.#readAt <= this.#notedAt || this.#readAt - this.#notedAt < everyMs) return null;
    this.#notedAt = this.#readAt;
    return this.#readAt;
  }

  /** Whether the provider may have more rows than are recorded, so that asking for them makes a call. */
  mayGrow({ recheckAfterMs }: Ages): boolean {
    const { closed, endedAt } = this.#head;
    if (closed) return false;
    if (endedAt === null) return true;
    return recheckAfterMs !== null && this.now().getTime() - endedAt.getTime() >= recheckAfterMs;
  }

  /**
   * Extends the feed until `to` rows are recorded, it has ended, or (merged feeds) its lists have no more rows now.
   *
   * @returns the failures of single lists of a merged feed.
   * @throws {ProviderError} the provider failed first, or no waiting caller may make another call. Rows that arrived are recorded.
   * @throws {NoRowsError} every list of a merged feed failed.
   * @throws {TimeIsUpError} the caller's time was up first. A call that was sent continues.
   * @throws the signal's reason, if the caller aborted first.
   * @example
   * await feed.reach(20, source, caller); // returns at once where 20 rows are recorded
   * const { length } = feed.head; // may be less than 20: the provider has no more
   */
  reach(to: number, source: AnySource, caller: Caller): Promise<readonly ProviderError[]> {
    const { signal, deadline } = caller;
    if (this.#head.length >= to || !this.mayGrow(source)) return Promise.resolve([]);
    if (signal.aborted) return Promise.reject(reasonOf(signal));
    if (deadline?.aborted && source.provider !== "MERGED") return Promise.reject(timeIsUp(source.provider, false));
    return new Promise((resolve, reject) => {
      const leave = (reason: Error): void => {
        this.#waiters.delete(waiter);
        if (this.#waiters.size === 0) this.#callAbort.abort(new Error(reason.message));
        waiter.reject(reason);
      };
      const onAbort = (): void => leave(reasonOf(signal));
      const onDeadline = (): void => {
        if (source.provider === "MERGED") this.#callDeadline.abort();
        else leave(timeIsUp(source.provider, this.#isSent));
      };
      const withoutListeners = <Args extends unknown[]>(settle: (...args: Args) => void): ((...args: Args) => void) => {
        return (...args) => {
          signal.removeEventListener("abort", onAbort);
          deadline?.removeEventListener("abort", onDeadline);
          settle(...args);
        };
      };
      const waiter: Waiter = {
        to,
        caller,
        failures: new Map(),
        resolve: withoutListeners(resolve),
        reject: withoutListeners(reject),
      };
      signal.addEventListener("abort", onAbort, { once: true });
      deadline?.addEventListener("abort", onDeadline, { once: true });
      this.#waiters.add(waiter);
      if (!this.#running) void this.#run(source);
    });
  }

  async #run(source: AnySource): Promise<void> {
    this.#running = true;
    let callsWithoutNewRows = 0;
    try {
      while (this.#waiters.size > 0) {
        this.#callAbort = new AbortController();
        this.#callDeadline = new AbortController();
        if ([...this.#waiters].some(({ caller }) => caller.deadline?.aborted)) this.#callDeadline.abort();
        this.#isSent = false;
        const before = this.#head.length;
        const extended = await this.#step(source);
        callsWithoutNewRows = extended && this.#head.length === before ? callsWithoutNewRows + 1 : 0;
        if (source.provider !== "MERGED" && callsWithoutNewRows === MAX_CALLS_WITHOUT_NEW_ROWS)
          this.#fail(onlyKnownRows(source));
        this.#release(source, extended);
      }
    } finally {
      this.#running = false;
    }
  }

  /** @returns `null` if the call failed or was aborted; the waiting callers have been rejected then. */
  async #step(source: AnySource): Promise<Extended | null> {
    const { signal } = this.#callAbort;
    const { signal: deadline } = this.#callDeadline;
    const onSent = (): void => {
      this.#isSent = true;
    };
    try {
      return await this.extender.extend(this, source, { signal, deadline, calls: this.#calls, onSent });
    } catch (error) {
      // Callers that came after the abort still wait: they get a call of their own. If the call was sent in spite of the
      // abort and failed, it asked for their rows too, so they fail with it.
      if (!signal.aborted || failuresIn(error)) this.#fail(error);
      return null;
    }
  }

  /** Resolves the waiters that have their rows, and those for which a merged feed has no more rows now. */
  #release(source: AnySource, extended: Extended | null): void {
    for (const waiter of this.#waiters) {
      const failures = (extended?.failures ?? [])
        .filter((failure) => !concernsOthers(waiter, failure))
        .map((failure) => failureFor(waiter.caller, failure));
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
      waiter.reject(errorFor(waiter, error));
    }
  }
}

function errorFor({ caller }: Waiter, error: unknown): unknown {
  if (error instanceof ProviderError) return failureFor(caller, error);
  if (!(error instanceof NoRowsError)) return error;
  const [first, ...others] = error.failures;
  return new NoRowsError([failureFor(caller, first), ...others.map((failure) => failureFor(caller, failure))]);
}

/** Whether a failure concerns other callers only (no calls, credits or time left): this waiter continues then. */
function mayGoOn(waiter: Waiter, failures: readonly ProviderError[]): boolean {
  return failures.some((failure) => concernsOthers(waiter, failure));
}

function concernsOthers({ caller }: Waiter, failure: ProviderError): boolean {
  if (failure instanceof TimeIsUpError) return !caller.deadline?.aborted;
  return failure instanceof UntakenCallError && caller.calls.canTake(failure.least);
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error("the caller went away");
}

function onlyKnownRows({ provider }: { readonly provider: Provider }): ProviderError {
  return new ProviderError(
    provider,
    "PROVIDER_BAD_RESPONSE",
    `${PROVIDER_NAMES[provider]} said that there are more rows, but ${String(MAX_CALLS_WITHOUT_NEW_ROWS)} answers in a row had no new one.`,
  );
}
