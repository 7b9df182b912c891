import type { Profile, ProfileCriteria } from "../../domain/profile";
import type { TenantId } from "../../domain/tenant-id";
import type { FeedName } from "../feed/feed-model";

/** A saved profile and its mark in the list of all profiles; marks grow with the time of creation. */
export interface ProfileMember {
  readonly profile: Profile;
  readonly mark: number;
}

/** A part of the list of all profiles, oldest first: the first or the last `count` between two marks. */
export interface ProfilePart {
  readonly direction: "forward" | "backward";
  readonly count: number;
  readonly after: number | null;
  readonly before: number | null;
}

export interface ProfilePage {
  /** Oldest first. */
  readonly members: readonly ProfileMember[];
  /** Whether there are profiles before and after the page; for an empty page: before and after its place. */
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  /** Number of all profiles. */
  readonly total: number;
}

export interface ProfileToSave {
  readonly tenant: TenantId;
  readonly id: string;
  readonly externalUserId: string | null;
  readonly criteria: ProfileCriteria;
  /** The provider's own id of the profile, if it is known. */
  readonly providerId?: string;
  /** Whether the provider that stores profiles has exactly this version. */
  readonly sent: boolean;
  readonly at: Date;
  /** `goesOn` selects the feeds of the connection that stay open; the others are closed. */
  readonly closing: { readonly connection: string; readonly goesOn: (feed: FeedName) => boolean };
}

/** Stores profiles. Every method is one transaction. */
export interface ProfileStore {
  byExternalUserId(tenant: TenantId, externalUserId: string | null): Promise<Profile | null>;
  /** By id; unknown ids are absent. */
  byIds(tenant: TenantId, ids: readonly string[]): Promise<ReadonlyMap<string, Profile>>;
  part(tenant: TenantId, part: ProfilePart): Promise<ProfilePage>;
  /** Creates or replaces the profile of its user. */
  save(profile: ProfileToSave): Promise<Profile>;
  /** Deletes a profile and closes all feeds of its connection. */
  delete(tenant: TenantId, id: string, connection: string): Promise<void>;
  isSent(tenant: TenantId, id: string): Promise<boolean>;
  /** @param providerId the provider's own id of the profile; `null` or left out: the stored one stays. */
  markSent(tenant: TenantId, id: string, sent: boolean, providerId?: string | null): Promise<void>;
}
