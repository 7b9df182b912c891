import { randomUUID } from "node:crypto";
import { ProviderError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import type { Ages, AnySource, FeedSource } from "./feed-source.port";
import { callsExhausted, type CallAllowance, type Caller } from "./caller";
import type { Extension, FeedHead, FeedOwner, Growth } from "./feed-model";
import type { Appended, FeedStore, PaidCall } from "./feed-store.port";
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

/** Extends a feed by what one provider call, or its turns through other feeds, brought: all of it is recorded, or nothing. */
export class Extender {
  readonly #locks = new KeyedLock();

  constructor(private readonly dependencies: ExtenderDependencies) {}

  /** Runs `work` while no call is under way for that provider's part of a connection. */
  whileIdle<T>(tenant: string, connection: string, owner: FeedOwner, work: () => Promise<T>): Promise<T> {
    return this.#locks.run(JSON.stringify([tenant, connection, owner]), work);
  }

  /** Resolves once no call is under way. */
  idle(): Promise<void> {
    return this.#locks.idle();
  }

  /**
   * Waits for its turn, and only then looks what is missing: demands that came meanwhile join this call, and none is made
   * for a feed that was closed meanwhile, or is long enough.
   *
   * @throws {ProviderError} the call failed, which is settled in the ledger; the feed stands as it was.
   * @throws {NoRowsError} likewise, where every list that a merged feed asked failed.
   */
  extend(feed: GrowingFeed, source: AnySource, caller: Caller): Promise<Extended> {
    const { tenant, connection, provider } = feed.head;
    return this.whileIdle(tenant, connection, provider, async () => {
      caller.signal.throwIfAborted();
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
  async #record(feed: GrowingFeed, from: FeedHead, growth: Growth, call: PaidCall | null): Promise<void> {
    const { store, now, onWrite } = this.dependencies;
    const written = await store.append(from, growth, call, now());
    onWrite(written);
    feed.moveTo(written.head);
  }

  /** Makes one call, written down before and settled where it failed. */
  async #buy(
    feed: FeedHead,
    source: FeedSource,
    want: number,
    { signal, calls }: Caller,
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
    const work = (): Promise<Extension> => source.extend(feed, want, signal);
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
      const { ledger, now } = this.dependencies;
      if (error instanceof ProviderError) {
        await ledger.fail(call, error.code, creditsFor(error, source), now());
      } else if (signal.aborted) await ledger.forget(call);
      else await ledger.fail(call, "INTERNAL_SERVER_ERROR", source.creditsForFailure ? null : 0, now());
      throw error;
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
