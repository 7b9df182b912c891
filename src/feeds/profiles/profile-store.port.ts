import type { Profile, ProfileCriteria } from "../../domain/profile";
import type { FeedName } from "../feed/feed-model";

/** A saved profile and its place in the list of all; marks grow with the time of creation. */
export interface ProfileMember {
  readonly profile: Profile;
  readonly mark: number;
}

/** A part of the list of all profiles, oldest first: the first or the last so many between two marks. */
export interface ProfilePart {
  readonly direction: "forward" | "backward";
  readonly count: number;
  readonly after: number | null;
  readonly before: number | null;
}

export interface ProfilePage {
  /** Oldest first. */
  readonly members: readonly ProfileMember[];
  /** Whether there are profiles before those, and after; of an empty page: before its place, and after. */
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  /** Of all profiles. */
  readonly total: number;
}

export interface ProfileToSave {
  readonly tenant: string;
  readonly id: string;
  readonly externalUserId: string | null;
  readonly criteria: ProfileCriteria;
  /** The provider's own id of it, where that is known. */
  readonly providerId?: string;
  /** Whether the provider that keeps profiles has this very one. */
  readonly sent: boolean;
  readonly at: Date;
  /** Which feeds of the profile's connection go on; the others are closed. */
  readonly closing: { readonly connection: string; readonly goesOn: (feed: FeedName) => boolean };
}

/** Where profiles are kept. Every method is one transaction. */
export interface ProfileStore {
  byExternalUserId(tenant: string, externalUserId: string | null): Promise<Profile | null>;
  /** By id; unknown ids are absent. */
  byIds(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Profile>>;
  part(tenant: string, part: ProfilePart): Promise<ProfilePage>;
  /** Creates or replaces the profile of its user. */
  save(profile: ProfileToSave): Promise<Profile>;
  /** Deletes a profile and closes all feeds of its connection. */
  delete(tenant: string, id: string, connection: string): Promise<void>;
  isSent(tenant: string, id: string): Promise<boolean>;
  /** @param providerId the provider's own id of it; `null` or left out: what is known stays. */
  markSent(tenant: string, id: string, sent: boolean, providerId?: string | null): Promise<void>;
}
