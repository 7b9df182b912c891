import { randomUUID } from "node:crypto";
import { ProviderError, StoreError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import { takeTurn } from "../../domain/take-turn";
import type { TenantId } from "../../domain/tenant-id";
import { NO_TRACING, type Tracing } from "../../domain/tracing";
import type { Ages, AnySource, FeedSource } from "./feed-source.port";
import type { CallAllowance, Calling, TakenCall } from "./caller";
import type { FeedHead, FeedOwner, Growth } from "./feed-model";
import type { Appended, FeedStore, PaidCall } from "./feed-store.port";
import { affordableRows } from "./call-plan";
import { HeldWrites, type HeldWritesOptions } from "./held-writes";
import { KeyedLock } from "./keyed-lock";
import type { OtherProcesses } from "./processes.port";
import type { CallLedger, NewCall } from "./call-ledger.port";

/** Receives events of spending, for logs and metrics. Must not throw. */
export interface SpendingObserver {
  /** A call was charged, or its cost stays unknown (0 credits). */
  charged(tenant: TenantId, provider: Provider, credits: number): void;
  /** No call was made, because the budget does not suffice. */
  refused(tenant: TenantId, provider: Provider): void;
}

export interface ExtenderDependencies {
  readonly store: Pick<FeedStore, "append">;
  readonly ledger: Pick<CallLedger, "begin" | "fail" | "forget">;
  /** Credits per calendar month (UTC); `null` or absent: no limit. */
  readonly budgetOf: (tenant: TenantId, provider: Provider) => number | null;
  readonly now: () => Date;
  /** Called with every write, before the written rows can be read. */
  readonly onWrite: (written: Appended) => void;
  /** Left out: nobody wants to know what is spent. */
  readonly spending?: SpendingObserver;
  /** Options for writes that the store rejects. */
  readonly held: HeldWritesOptions;
  /** `null` or left out: no other process uses the database. */
  readonly others?: OtherProcesses | null;
  /** Left out: nothing is traced. */
  readonly tracing?: Tracing;
}

/** The feed to extend. Its properties are read again at each step, since they may change during a call. */
export interface GrowingFeed {
  readonly head: FeedHead;
  /** How many more rows its readers need. */
  readonly missing: number;
  mayGrow(ages: Ages): boolean;
  /** Called with the new head after each write. */
  moveTo(head: FeedHead): void;
}

/** The result of an extension, apart from the recorded rows. */
export interface Extended {
  /** Failures of single lists, and problems of the rows that came. */
  readonly failures: readonly ProviderError[];
  /** Waiters up to this length must stop waiting: everything was tried. 0 where another call may bring more rows. */
  readonly triedTo: number;
}

const UNCHANGED: Extended = { failures: [], triedTo: 0 };

/** A call that the ledger has. */
interface BegunCall {
  readonly call: NewCall;
  readonly taken: TakenCall;
  /** How many rows it asks for. */
  readonly rows: number;
}

/** A successful call. */
interface MadeCall {
  readonly growth: Growth;
  readonly call: PaidCall;
  readonly issues: readonly ProviderError[];
  readonly taken: TakenCall;
}

/** Memory that a held settlement of a call takes, about. */
const SETTLING_BYTES = 500;

/** Extends feeds: makes one provider call (or reads other feeds, for a merged feed) and records the result as one unit of work. */
export class Extender {
  readonly #locks = new KeyedLock();
  readonly #held: HeldWrites;

  constructor(private readonly dependencies: ExtenderDependencies) {
    this.#held = new HeldWrites(dependencies.held);
  }

  /** Why rows that were paid for cannot be written; `null` where all are written. */
  get trouble(): StoreError | null {
    return this.#held.trouble;
  }

  /** Runs `work` while no call runs for this provider and connection, in any process; later calls wait. */
  whileIdle<T>(tenant: TenantId, connection: string, owner: FeedOwner, work: () => Promise<T>): Promise<T> {
    const name = JSON.stringify([tenant, connection, owner]);
    const { others } = this.dependencies;
    return this.#locks.run(name, () => (others ? others.exclusively(tenant, name, work) : work()));
  }

  /** Resolves when no call runs. */
  idle(): Promise<void> {
    return this.#locks.idle();
  }

  /** Waits for the running calls, and tries for the last time to write what the store rejected. */
  async end(): Promise<void> {
    await this.idle();
    await this.#held.end();
  }

  /**
   * Waits until earlier extensions of the feed are done, and reads only then how many rows are missing. So callers that arrived
   * in the meantime share this call, and no call is made for a feed that was closed or has enough rows now.
   *
   * Writes that the store rejected earlier are tried first. No provider is called before they succeed.
   *
   * @throws {ProviderError} the call failed. The ledger has the failure; the feed is unchanged.
   * @throws {StoreError} the store cannot be written. The rows are kept in memory and written as soon as it can.
   * @throws {NoRowsError} every list of a merged feed failed.
   */
  extend(feed: GrowingFeed, source: AnySource, caller: Calling): Promise<Extended> {
    const { tenant, connection, provider } = feed.head;
    const { tracing = NO_TRACING } = this.dependencies;
    const work = (): Promise<Extended> => this.#extendNow(feed, source, caller);
    return tracing.span("feed extension", { "tributary.provider": provider }, async (span) => {
      const before = feed.head.length;
      const extended = await this.whileIdle(tenant, connection, provider, work);
      span.set({ "tributary.rows": feed.head.length - before });
      return extended;
    });
  }

  async #extendNow(feed: GrowingFeed, source: AnySource, caller: Calling): Promise<Extended> {
    caller.signal.throwIfAborted();
    await this.#held.makeAll(); // they may contain the missing rows
    await this.#follow(feed);
    const { head, missing: want } = feed;
    if (want === 0 || !feed.mayGrow(source)) return UNCHANGED;
    if (source.provider === "MERGED") {
      const growth = await source.extend(head, want, caller);
      // A closed feed gets no rows. Nothing is lost: the feeds of the lists have them.
      if (!feed.head.closed) await this.#record(feed, head, growth, null);
      return { failures: growth.failures, triedTo: growth.items.length < want ? head.length + want : 0 };
    }
    const { growth, call, issues, taken } = await this.#call(head, source, want, caller);
    await this.#record(feed, head, growth, call, taken);
    return { failures: issues, triedTo: 0 };
  }

  /** Reads what another process may have done with the feed. */
  async #follow(feed: GrowingFeed): Promise<void> {
    const { others } = this.dependencies;
    const head = others && (await others.headOf(feed.head));
    if (head) feed.moveTo(head);
  }

  /** @param from the head before the extension. */
  #record(
    feed: GrowingFeed,
    from: FeedHead,
    growth: Growth,
    call: PaidCall | null,
    taken: TakenCall | null = null,
  ): Promise<void> {
    const { store, now, onWrite } = this.dependencies;
    const at = now();
    let unended = taken;
    const write = async (): Promise<void> => {
      const written = await store.append(from, growth, call, at);
      await takeTurn(); // several writes are on the disk at the same time
      onWrite(written);
      feed.moveTo(written.head);
      if (!call) return;
      const fetched = written.items.map(({ subject }) => subject);
      unended?.end(call.provider, written.credits, fetched);
      this.dependencies.spending?.charged(from.tenant, call.provider, written.credits);
    };
    if (!call) return write();
    return this.#held
      .make(write, () => JSON.stringify(growth).length)
      .catch((error: unknown) => {
        unended = null; // the write is made later, when the operation may be over
        taken?.end(call.provider, null, []);
        throw error;
      });
  }

  /** Makes one call. The ledger has it before it is made; a failed call is settled here. */
  async #call(feed: FeedHead, source: FeedSource, want: number, { signal, calls, onSent }: Calling): Promise<MadeCall> {
    const { call, taken, rows } = await this.#begin(feed, source, want, calls);
    const request = { isSent: false };
    const noteSent = (): void => {
      request.isSent = true;
      onSent?.();
    };
    try {
      const { charge, issues = [], ...growth } = await source.extend(feed, rows, signal, noteSent);
      return { growth, call: { id: call.id, provider: call.provider, charge }, issues, taken };
    } catch (error) {
      // Where a caller went away, or the circuit breaker or a limiter holds the call back, or cannot be asked, nothing is sent.
      const isHeld = error instanceof StoreError || (error instanceof ProviderError && error.isHeld);
      const isUnsent = (signal.aborted && !(error instanceof ProviderError)) || (!request.isSent && isHeld);
      await this.#settle({ call, taken }, error, source, isUnsent);
      throw error;
    }
  }

  /**
   * Takes a call of the allowance and stores it in the ledger. It asks for fewer rows where the budget, or the credits that the
   * operation may still spend, do not suffice for all.
   *
   * @throws {ProviderError} the operation may make no such call, or the call could exceed the budget.
   */
  async #begin(feed: FeedHead, source: FeedSource, want: number, calls: CallAllowance): Promise<BegunCall> {
    const { ledger, budgetOf, now } = this.dependencies;
    const { tenant } = feed;
    const { provider } = source;
    const least = source.creditsFor(1, feed);
    const taken = calls.take(least);
    if (!taken) throw calls.refusal(provider, least);
    try {
      const begun = { id: randomUUID(), tenant, provider, operation: "extend", feedId: feed.id, startedAt: now() };
      const budget = budgetOf(tenant, provider);
      let rows = affordableRows(source, feed, want, taken.creditsLeft);
      while (rows > 0) {
        const call: NewCall = { ...begun, reservedCredits: source.creditsFor(rows, feed), origin: taken.origin };
        taken.reserve(call.reservedCredits);
        const left = await ledger.begin(call, budget);
        if (left === null) return { call, taken, rows };
        rows = affordableRows(source, feed, rows - 1, left);
      }
      this.dependencies.spending?.refused(tenant, provider);
      throw budgetExceeded(provider, begun.startedAt);
    } catch (error) {
      taken.giveBack();
      throw error;
    }
  }

  /** Where the store cannot be written, the call is settled later; the callers get the error of the call in any case. */
  async #settle(
    { call, taken }: Pick<BegunCall, "call" | "taken">,
    error: unknown,
    source: FeedSource,
    isUnsent: boolean,
  ): Promise<void> {
    const { ledger, now } = this.dependencies;
    const at = now();
    const credits = error instanceof ProviderError ? creditsFor(error, source) : source.creditsForFailure ? null : 0;
    const outcome = error instanceof ProviderError ? error.code : "INTERNAL_SERVER_ERROR";
    if (isUnsent) taken.giveBack();
    else taken.end(call.provider, credits, []);
    const write = async (): Promise<void> => {
      if (isUnsent) return ledger.forget(call);
      await ledger.fail(call, outcome, credits, at);
      if (credits !== 0) this.dependencies.spending?.charged(call.tenant, call.provider, credits ?? 0);
    };
    try {
      await this.#held.make(write, () => SETTLING_BYTES);
    } catch (unsettled) {
      if (!(unsettled instanceof StoreError)) throw unsettled;
    }
  }
}

/** What a failed call cost; 0 for a provider that does not charge failures. */
function creditsFor(error: ProviderError, source: FeedSource): number | null {
  return source.creditsForFailure ? source.creditsForFailure(error) : 0;
}

function budgetExceeded(provider: Provider, at: Date): ProviderError {
  return new ProviderError(
    provider,
    "CREDIT_BUDGET_EXCEEDED",
    `This call could pass the month's credit budget for ${PROVIDER_NAMES[provider]}, so it was not made.`,
    { retryAfter: new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1)) },
  );
}
