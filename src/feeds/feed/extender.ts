import { randomUUID } from "node:crypto";
import { ProviderError, StoreError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import type { Ages, AnySource, FeedSource } from "./feed-source.port";
import type { CallAllowance, Calling } from "./caller";
import type { Extension, FeedHead, FeedOwner, Growth } from "./feed-model";
import type { Appended, FeedStore, PaidCall } from "./feed-store.port";
import { HeldWrites, type HeldWritesOptions } from "./held-writes";
import { KeyedLock } from "./keyed-lock";
import type { OtherProcesses } from "./processes.port";
import type { CallLedger, NewCall } from "./call-ledger.port";

export interface ExtenderDependencies {
  readonly store: Pick<FeedStore, "append">;
  readonly ledger: CallLedger;
  /** Credits per calendar month (UTC); `null` or absent: no limit. */
  readonly budgetOf: (tenant: string, provider: Provider) => number | null;
  readonly now: () => Date;
  /** Called with every write, before the written rows can be read. */
  readonly onWrite: (written: Appended) => void;
  /** Options for writes that the store rejects. */
  readonly held: HeldWritesOptions;
  /** `null` or left out: no other process uses the database. */
  readonly others?: OtherProcesses | null;
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
  whileIdle<T>(tenant: string, connection: string, owner: FeedOwner, work: () => Promise<T>): Promise<T> {
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
    return this.whileIdle(tenant, connection, provider, async () => {
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
      const { growth, call, issues } = await this.#call(head, source, want, caller);
      await this.#record(feed, head, growth, call);
      return { failures: issues, triedTo: 0 };
    });
  }

  /** Reads what another process may have done with the feed. */
  async #follow(feed: GrowingFeed): Promise<void> {
    const { others } = this.dependencies;
    const head = others && (await others.headOf(feed.head));
    if (head) feed.moveTo(head);
  }

  /** @param from the head before the extension. */
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

  /** Makes one call. The ledger has it before it is made; a failed call is settled here. */
  async #call(
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
    const { ledger, budgetOf } = this.dependencies;
    const giveBack = calls.take();
    if (!giveBack) throw calls.refusal(call.provider);
    try {
      const begun = await ledger.begin(call, budgetOf(call.tenant, call.provider));
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

  /** Where the store cannot be written, the call is settled later; the callers get the error of the call in any case. */
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
