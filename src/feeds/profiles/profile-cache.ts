import { LRUCache } from "lru-cache";
import type { Profile } from "../../domain/profile";
import type { ProfileStore } from "./profile-store.port";

const MAX_PROFILES = 10_000;

/** Saved profiles by their users, kept in memory until they are replaced or deleted. */
export class ProfileCache {
  readonly #byUser = new LRUCache<string, Profile>({ max: MAX_PROFILES });
  /** How often profiles were deleted: one that was read before that may be gone. */
  #deletions = 0;

  constructor(private readonly store: Pick<ProfileStore, "byExternalUserId">) {}

  /** @param externalUserId `null` is the authenticated user. */
  peek(tenant: string, externalUserId: string | null): Profile | undefined {
    return this.#byUser.get(userKey(tenant, externalUserId));
  }

  /** `null` where no profile has been saved. */
  async load(tenant: string, externalUserId: string | null): Promise<Profile | null> {
    const known = this.peek(tenant, externalUserId);
    if (known) return known;
    const deletions = this.#deletions;
    const profile = await this.store.byExternalUserId(tenant, externalUserId);
    if (deletions !== this.#deletions) return this.load(tenant, externalUserId);
    // Saved by `keep` while this was read: that one is newer.
    return this.peek(tenant, externalUserId) ?? (profile && this.keep(tenant, profile));
  }

  /** Called with every profile that was saved. */
  keep(tenant: string, profile: Profile): Profile {
    this.#byUser.set(userKey(tenant, profile.externalUserId), profile);
    return profile;
  }

  /** Called with every profile that was deleted. */
  forget(tenant: string, externalUserId: string | null): void {
    this.#deletions += 1;
    this.#byUser.delete(userKey(tenant, externalUserId));
  }
}

function userKey(tenant: string, externalUserId: string | null): string {
  return externalUserId === null ? tenant : `${tenant}\0${externalUserId}`;
}
