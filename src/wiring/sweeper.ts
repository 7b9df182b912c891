import type { Logger } from "pino";
import { byProvider, PROVIDERS, type Provider } from "../domain/provider";
import type { TenantId } from "../domain/tenant-id";
import type { Entities } from "../feeds/entities/entities";
import type { FeedHead } from "../feeds/feed/feed-model";
import type { Feeds } from "../feeds/feed/feeds";
import { toMergedState } from "../feeds/recommendations/merged-state";
import type { OldBefore, SqlSweep } from "../store/sweep.sql";

/** How long data is kept, in milliseconds. */
export interface KeepRules {
  /** Feeds, since their last read. */
  readonly feedsMs: number;
  readonly ledgerMs: number;
  /** By provider, the age from which a feed is no longer found by its name. */
  readonly maxAgesMs: Readonly<Record<Provider, number>>;
}

export interface SweeperDependencies {
  readonly sweep: SqlSweep;
  readonly feeds: Feeds;
  readonly entities: Entities;
  readonly tenants: () => Promise<readonly TenantId[]>;
  /** Called after each sweep. */
  readonly afterSweep?: () => void;
  readonly keep: KeepRules;
  /** Ends calls of other processes that died; `null` or left out: there are none. */
  readonly endLost?: (() => Promise<void>) | null;
  readonly now: () => Date;
  readonly log: Pick<Logger, "error">;
}

const EVERY_MS = 60_000;
/** Maximum number of steps of each kind in one sweep. */
const MOST_STEPS = 100;
const HOUR_MS = 3_600_000;
/** Time without reads after which a feed is closed that is too old to be found by its name. */
const LEFT_MS = 7 * 24 * HOUR_MS;

/** Deletes old data, at the start and every minute. It works in small steps, so that other writes can be made in between. */
export class Sweeper {
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(private readonly dependencies: SweeperDependencies) {}

  /** Sweeps once, then every minute. The first sweep is limited, so it does not take long. */
  async start(): Promise<void> {
    await this.run();
    this.#timer = setInterval(() => void this.run(), EVERY_MS).unref();
  }

  /** Waits for the running step, and stops. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearInterval(this.#timer);
    await this.#running;
  }

  /** Sweeps once. Never rejects: a failed sweep is logged, and the next one continues. */
  run(): Promise<void> {
    this.#running ??= this.#sweep()
      .catch((error: unknown) => {
        this.dependencies.log.error({ err: error }, "old data could not be deleted");
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #sweep(): Promise<void> {
    await this.#noteReads();
    await this.dependencies.endLost?.();
    for (const tenant of await this.dependencies.tenants()) {
      if (!(await this.dependencies.sweep.isDue(tenant, this.#oldBefore()))) continue;
      await this.#closeFeeds(tenant);
      await this.#dropFeeds(tenant);
      await this.#dropLedger(tenant);
    }
    this.dependencies.afterSweep?.();
  }

  /** Stores the times of reads; a read of a merged feed counts for the feeds of its lists too. */
  async #noteReads(): Promise<void> {
    const { sweep, feeds, keep } = this.dependencies;
    const byTenant = new Map<TenantId, Map<string, number>>();
    for (const { head, readAt } of feeds.takeReads(Math.min(HOUR_MS, keep.feedsMs / 20))) {
      const reads = byTenant.get(head.tenant) ?? new Map<string, number>();
      byTenant.set(head.tenant, reads);
      for (const id of [head.id, ...partsOf(head)]) reads.set(id, Math.max(readAt, reads.get(id) ?? 0));
    }
    for (const [tenant, reads] of byTenant) await sweep.noteReads(tenant, reads);
  }

  async #closeFeeds(tenant: TenantId): Promise<void> {
    const { sweep, feeds } = this.dependencies;
    const { begun, left } = this.#oldBefore();
    for (const provider of PROVIDERS) {
      await this.#each(async () => {
        const closed = await sweep.closeFeeds(tenant, provider, begun[provider], left);
        feeds.closeByIds(closed);
        return closed.length > 0;
      });
    }
  }

  async #dropFeeds(tenant: TenantId): Promise<void> {
    const { sweep, feeds, entities } = this.dependencies;
    const { read } = this.#oldBefore();
    await this.#each(async () => {
      const dropped = await sweep.dropFeeds(tenant, read, (id) => feeds.isReadSince(id, read));
      feeds.forget(dropped);
      if (dropped.length > 0) entities.dropRecommendations(tenant);
      return dropped.length > 0;
    });
    await this.#each(() => sweep.dropRows(tenant));
  }

  async #dropLedger(tenant: TenantId): Promise<void> {
    const { called } = this.#oldBefore();
    for (const provider of PROVIDERS)
      await this.#each(() => this.dependencies.sweep.dropLedger(tenant, provider, called));
  }

  #oldBefore(): OldBefore {
    const { keep, now } = this.dependencies;
    const begun = byProvider((provider) => this.#ago(keep.maxAgesMs[provider]));
    const monthBegan = Date.UTC(now().getUTCFullYear(), now().getUTCMonth());
    // A budget counts the whole calendar month, however short the ledger is kept.
    const called = new Date(Math.min(monthBegan, this.#ago(keep.ledgerMs).getTime()));
    return { begun, left: this.#ago(LEFT_MS), read: this.#ago(keep.feedsMs), called };
  }

  /** Repeats a step until it has nothing to do; after `MOST_STEPS` the next sweep continues. */
  async #each(step: () => Promise<boolean>): Promise<void> {
    for (let steps = 0; steps < MOST_STEPS && !this.#stopped; steps += 1) if (!(await step())) return;
  }

  #ago(ms: number): Date {
    return new Date(Math.max(0, this.dependencies.now().getTime() - ms));
  }
}

function partsOf({ provider, state }: FeedHead): readonly string[] {
  return provider === "MERGED" ? toMergedState(state).parts.map(({ feedId }) => feedId) : [];
}
