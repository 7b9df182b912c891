import { randomUUID } from "node:crypto";
import { ProviderError, StoreError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import type { Ages, AnySource, FeedSource } from "./feed-source.port";
import { callsExhausted, type CallAllowance, type Calling } from "./caller";
import type { Extension, FeedHead, FeedOwner, Growth } from "./feed-model";
import type { Appended, FeedStore, PaidCall } from "./feed-store.port";
import { HeldWrites, type HeldWritesOptions } from "./held-writes";
import { KeyedLock } from "./keyed-lock";
import type { CallLedger, NewCall } from "./call-ledger.port";

export interface ExtenderDependencies {
  readonly store: Pick<FeedStore, "append">;
  readonly ledger: CallLedger;
  /** Credits a calendar month; `null` or absent is no limit. */
  readonly budgets: Readonly<Partial<Record<Provider, number | null>>>;
  readonly now: () => Date;
  /** Told of every write, before anybody can read what was written. */
  readonly onWrite: (written: Appended) => void;
  /** What becomes of answers that the store does not take. */
  readonly held: HeldWritesOptions;
}

/** What is extended: where it stands, read anew whenever it is asked. */
export interface GrowingFeed {
  readonly head: FeedHead;
  /** How many rows its readers lack. */
  readonly missing: number;
  mayGrow(ages: Ages): boolean;
  /** Called with where it stands after each write. */
  moveTo(head: FeedHead): void;
}

/** How extending a feed went, besides what was recorded. */
export interface Extended {
  /** Why those of its lists that failed gave nothing, and what was amiss with what came. */
  readonly failures: readonly ProviderError[];
  /** To which length all was tried that can be now; 0 where asking again may bring more. */
  readonly triedTo: number;
}

const AS_RECORDED: Extended = { failures: [], triedTo: 0 };

/** What a settled call takes in memory, about. */
const SETTLING_BYTES = 500;

/** Extends a feed by what one provider call, or its turns through other feeds, brought: all of it is recorded, or nothing. */
export class Extender {
  readonly #locks = new KeyedLock();
  readonly #held: HeldWrites;

  constructor(private readonly dependencies: ExtenderDependencies) {
    this.#held = new HeldWrites(dependencies.held);
  }

  /** Why the store does not take what was paid for; `null` where it has all of it. */
  get trouble(): StoreError | null {
    return this.#held.trouble;
  }

  /** Runs `work` while no call is under way for that provider's part of a connection. */
  whileIdle<T>(tenant: string, connection: string, owner: FeedOwner, work: () => Promise<T>): Promise<T> {
    return this.#locks.run(JSON.stringify([tenant, connection, owner]), work);
  }

  /** Resolves once no call is under way. */
  idle(): Promise<void> {
    return this.#locks.idle();
  }

  /** Waits for the calls that are under way, and tries for the last time to record what the store did not take. */
  async end(): Promise<void> {
    await this.idle();
    await this.#held.end();
  }

  /**
   * Waits for its turn, and only then looks what is missing: demands that came meanwhile join this call, and none is made
   * for a feed that was closed meanwhile, or is long enough.
   *
   * While the store does not take what an earlier call brought, no call is made: what it brought is recorded first.
   *
   * @throws {ProviderError} the call failed, which is settled in the ledger; the feed stands as it was.
   * @throws {StoreError} the store takes nothing now. What the call brought is recorded as soon as it does.
   * @throws {NoRowsError} likewise, where every list that a merged feed asked failed.
   */
  extend(feed: GrowingFeed, source: AnySource, caller: Calling): Promise<Extended> {
    const { tenant, connection, provider } = feed.head;
    return this.whileIdle(tenant, connection, provider, async () => {
      caller.signal.throwIfAborted();
      await this.#held.makeAll(); // among them may be what is missing
      const { head, missing: want } = feed;
      if (want === 0 || !feed.mayGrow(source)) return AS_RECORDED;
      if (source.provider === "MERGED") {
        const growth = await source.extend(head, want, caller);
        // Closed meanwhile: its rows cost nothing here, they are recorded in the lists that it is made of.
        if (!feed.head.closed) await this.#record(feed, head, growth, null);
        return { failures: growth.failures, triedTo: growth.items.length < want ? head.length + want : 0 };
      }
      const { growth, call, issues } = await this.#buy(head, source, want, caller);
      await this.#record(feed, head, growth, call);
      return { failures: issues, triedTo: 0 };
    });
  }

  /** @param from where the feed stood when it was extended. */
  #record(feed: GrowingFeed, from: FeedHead, growth: Growth, call: PaidCall | null): Promise<void> {
    const { store, now, onWrite } = this.dependencies;
    const at = now();
    const write = async (): Promise<void> => {
      const written = await store.append(from, growth, call, at);
      onWrite(written);
      feed.moveTo(written.head);
    };
    return call ? this.#held.make(write, () => JSON.stringify(growth).length) : write();
  }

  /** Makes one call, written down before and settled where it failed. */
  async #buy(
    feed: FeedHead,
    source: FeedSource,
    want: number,
    { signal, calls, onSent }: Calling,
  ): Promise<{ readonly growth: Growth; readonly call: PaidCall; readonly issues: readonly ProviderError[] }> {
    const { now } = this.dependencies;
    const { provider } = source;
    const call: NewCall = {
      id: randomUUID(),
      tenant: feed.tenant,
      provider,
      operation: "extend",
      feedId: feed.id,
      reservedCredits: source.creditsFor(want, feed),
      startedAt: now(),
    };
    await this.#begin(call, calls);
    const work = (): Promise<Extension> => source.extend(feed, want, signal, onSent);
    const { charge, issues = [], ...growth } = await this.#settling(call, source, signal, work);
    return { growth, call: { id: call.id, provider, charge }, issues };
  }

  /** @throws {ProviderError} the operation has no calls left, or the call could pass the budget. */
  async #begin(call: NewCall, calls: CallAllowance): Promise<void> {
    const { ledger, budgets } = this.dependencies;
    const giveBack = calls.take();
    if (!giveBack) throw callsExhausted(call.provider);
    try {
      const begun = await ledger.begin(call, budgets[call.provider] ?? null);
      if (!begun) throw budgetExceeded(call.provider, call.startedAt);
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  async #settling<T>(call: NewCall, source: FeedSource, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.#settle(call, error, source, signal);
      throw error;
    }
  }

  /** Where the store does not take it, the call is settled later: whoever waits is told why it failed all the same. */
  async #settle(call: NewCall, error: unknown, source: FeedSource, signal: AbortSignal): Promise<void> {
    const { ledger, now } = this.dependencies;
    const at = now();
    const write = (): Promise<void> => {
      if (error instanceof ProviderError) return ledger.fail(call, error.code, creditsFor(error, source), at);
      if (signal.aborted) return ledger.forget(call);
      return ledger.fail(call, "INTERNAL_SERVER_ERROR", source.creditsForFailure ? null : 0, at);
    };
    try {
      await this.#held.make(write, () => SETTLING_BYTES);
    } catch (unsettled) {
      if (!(unsettled instanceof StoreError)) throw unsettled;
    }
  }
}

/** A provider that charges no failures was asked for free. */
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
