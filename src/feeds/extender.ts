import { randomUUID } from "node:crypto";
import { ProviderError } from "../domain/errors";
import type { EntityKey } from "../domain/entity-key";
import { PROVIDER_NAMES, type Provider } from "../domain/provider";
import type { FeedSource } from "./feed-source";
import type { FeedHead, FeedStore } from "./feed-store";
import { KeyedLock } from "./keyed-lock";
import type { CallLedger, NewCall } from "./ledger";

export interface ExtenderDependencies {
  readonly store: Pick<FeedStore, "append">;
  readonly ledger: CallLedger;
  /** Credits a calendar month; `null` or absent is no limit. */
  readonly budgets: Readonly<Partial<Record<Provider, number | null>>>;
  readonly now: () => Date;
  /** Told of every write, before anybody can read what was written. */
  readonly onWrite: (tenant: string, touched: readonly EntityKey[]) => void;
}

/** Makes one provider call for a feed and records what it brought: rows, state and cost together, or nothing. */
export class Extender {
  readonly #locks = new KeyedLock();

  constructor(private readonly dependencies: ExtenderDependencies) {}

  /** Runs `work` while no call is under way for that provider's part of a connection. */
  whileIdle<T>(tenant: string, connection: string, provider: Provider, work: () => Promise<T>): Promise<T> {
    return this.#locks.run(JSON.stringify([tenant, connection, provider]), work);
  }

  /** Resolves once no call is under way. */
  idle(): Promise<void> {
    return this.#locks.idle();
  }

  /**
   * @param wanted rows still missing; read at the last moment, so that later demands join this call.
   * @returns where the feed stands after the call.
   * @throws {ProviderError} the call failed, which is settled in the ledger; the feed stands as it was.
   */
  extend(feed: FeedHead, source: FeedSource, wanted: () => number, signal: AbortSignal): Promise<FeedHead> {
    return this.whileIdle(feed.tenant, feed.connection, feed.provider, async () => {
      const { store, ledger, budgets, now, onWrite } = this.dependencies;
      signal.throwIfAborted();
      const want = wanted();
      const call: NewCall = {
        id: randomUUID(),
        tenant: feed.tenant,
        provider: feed.provider,
        operation: "extend",
        feedId: feed.id,
        reservedCredits: source.creditsFor(want, feed),
        startedAt: now(),
      };
      const begun = await ledger.begin(call, budgets[feed.provider] ?? null);
      if (!begun) throw budgetExceeded(feed.provider, call.startedAt);
      const extension = await this.#settling(call, source, signal, () => source.extend(feed, want, signal));
      const { head, touched } = await store.append(feed, call.id, extension, now());
      onWrite(feed.tenant, touched);
      return head;
    });
  }

  async #settling<T>(call: NewCall, source: FeedSource, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { ledger, now } = this.dependencies;
      if (error instanceof ProviderError) {
        await ledger.fail(call, error.code, source.creditsForFailure?.(error) ?? 0, now());
      } else if (signal.aborted) await ledger.forget(call);
      else await ledger.fail(call, "INTERNAL_SERVER_ERROR", 0, now());
      throw error;
    }
  }
}

function budgetExceeded(provider: Provider, at: Date): ProviderError {
  return new ProviderError(
    provider,
    "CREDIT_BUDGET_EXCEEDED",
    `This call could pass the month's credit budget for ${PROVIDER_NAMES[provider]}, so it was not made.`,
    { retryAfter: new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1)) },
  );
}
