import { LRUCache } from "lru-cache";
import type { Icp } from "../../domain/profile";
import type { IcpStore } from "./icp-store";

const MAX_ICPS = 10_000;

/** Saved profiles by their users, kept in memory until they are replaced. */
export class Icps {
  readonly #byUser = new LRUCache<string, Icp>({ max: MAX_ICPS });

  constructor(private readonly store: Pick<IcpStore, "byExternalUserId">) {}

  /** @param externalUserId `null` is the authenticated user. */
  peek(tenant: string, externalUserId: string | null): Icp | undefined {
    return this.#byUser.get(userKey(tenant, externalUserId));
  }

  /** `null` where no profile has been saved. */
  async load(tenant: string, externalUserId: string | null): Promise<Icp | null> {
    const known = this.peek(tenant, externalUserId);
    if (known) return known;
    const icp = await this.store.byExternalUserId(tenant, externalUserId);
    // Saved by `keep` while this was read: that one is newer.
    return this.peek(tenant, externalUserId) ?? (icp && this.keep(tenant, icp));
  }

  /** Called with every profile that was saved. */
  keep(tenant: string, icp: Icp): Icp {
    this.#byUser.set(userKey(tenant, icp.externalUserId), icp);
    return icp;
  }
}

function userKey(tenant: string, externalUserId: string | null): string {
  return externalUserId === null ? tenant : `${tenant}\0${externalUserId}`;
}
