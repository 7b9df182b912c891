import type { Profile } from "../../domain/profile";
import { SharedCache } from "../../domain/shared-cache";
import type { TenantId } from "../../domain/tenant-id";
import type { ProfileStore } from "./profile-store.port";

const MAX_PROFILES = 10_000;

/**
 * Caches saved profiles by user. A profile that is replaced or deleted makes its entry wrong: `Profiles` calls `keep` or `forget`, and
 * `expire` is called after a write of another process.
 */
export class ProfileCache {
  readonly #byUser = new SharedCache<Profile>({ max: MAX_PROFILES });
  /** The number of deletions: a profile that was read before a deletion may be deleted. */
  #deletions = 0;

  constructor(private readonly store: Pick<ProfileStore, "byExternalUserId">) {}

  /** @param externalUserId `null` is the authenticated user. */
  peek(tenant: TenantId, externalUserId: string | null): Profile | undefined {
    return this.#byUser.get(tenant, userKey(externalUserId));
  }

  /** `null` where no profile has been saved. */
  async load(tenant: TenantId, externalUserId: string | null): Promise<Profile | null> {
    const known = this.peek(tenant, externalUserId);
    if (known) return known;
    const deletions = this.#deletions;
    const profile = await this.store.byExternalUserId(tenant, externalUserId);
    if (deletions !== this.#deletions) return this.load(tenant, externalUserId);
    // A profile that was saved during the read is newer.
    return this.peek(tenant, externalUserId) ?? (profile && this.keep(tenant, profile));
  }

  /** To be called with every saved profile. */
  keep(tenant: TenantId, profile: Profile): Profile {
    this.#byUser.set(tenant, userKey(profile.externalUserId), profile);
    return profile;
  }

  /** To be called after another process wrote: all profiles are read again. */
  expire(): void {
    this.#deletions += 1;
    this.#byUser.clear();
  }

  /** To be called for every deleted profile. */
  forget(tenant: TenantId, externalUserId: string | null): void {
    this.#deletions += 1;
    this.#byUser.delete(tenant, userKey(externalUserId));
  }
}

/** The authenticated user's key is one that no name has. */
function userKey(externalUserId: string | null): string {
  return externalUserId === null ? "" : `\0${externalUserId}`;
}
