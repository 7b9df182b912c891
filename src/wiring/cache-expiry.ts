import type { TenantId } from "../domain/tenant-id";
import type { Feeds } from "../feeds/feed/feeds";
import type { WriteListener } from "../store/sql/processes";
import type { Replaced } from "../store/sql/replaced";
import type { Stores } from "./stores";

export interface ExpiringCaches extends Pick<Stores, "entities" | "profileCache"> {
  readonly feeds: () => Pick<Feeds, "expire" | "expireByIds" | "release">;
}

/** Drops what is in memory after another process has replaced it, or a person was forgotten. */
export class CacheExpiry {
  #writesOfOthers = 0;
  readonly #drops: (() => void)[];

  /** @param drops called after a person was forgotten. */
  constructor(
    private readonly caches: ExpiringCaches,
    ...drops: readonly (() => void)[]
  ) {
    this.#drops = [...drops];
  }

  /** Grows with each write of another process that may have replaced more than rows of feeds, companies and people. */
  get writesOfOthers(): number {
    return this.#writesOfOthers;
  }

  /** Has a function called after a person was forgotten. */
  onForgotten(drop: () => void): void {
    this.#drops.push(drop);
  }

  /** To be called after a write of another process. */
  readonly onWrite: WriteListener = (tenant, hasForgotten, replaced) => {
    if (tenant !== null && replaced && !hasForgotten) {
      this.#expireReplaced(tenant, replaced);
      return;
    }
    this.#writesOfOthers += 1;
    if (hasForgotten) this.forget(tenant);
    else this.#expire(tenant, () => this.caches.feeds().expire(tenant));
  };

  /** To be called after a person was forgotten. @param tenant `null`: any. */
  forget(tenant: TenantId | null): void {
    this.#expire(tenant, () => this.caches.feeds().release(tenant));
    for (const drop of this.#drops) drop();
  }

  #expire(tenant: TenantId | null, expireFeeds: () => void): void {
    const { entities, profileCache } = this.caches;
    expireFeeds();
    entities.expire(tenant);
    profileCache.expire();
  }

  /** Profiles, settings and other feeds stay. */
  #expireReplaced(tenant: TenantId, { feeds, entities: areReplaced }: Replaced): void {
    const { entities } = this.caches;
    this.caches.feeds().expireByIds(feeds);
    if (areReplaced) entities.expire(tenant);
    else entities.dropRecommendations(tenant);
  }
}
