import type { Profile, ProfileCriteria } from "../../domain/profile";
import type { FeedName } from "../feed/feed-model";

/** A saved profile and its place in the list of all; marks grow with the time of creation. */
export interface ProfileMember {
  readonly id: string;
  readonly mark: number;
}

export interface ProfileToSave {
  readonly tenant: string;
  readonly id: string;
  readonly externalUserId: string | null;
  readonly criteria: ProfileCriteria;
  /** Whether Surfe has this very profile. */
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
  /** All profiles, oldest first. */
  members(tenant: string): Promise<readonly ProfileMember[]>;
  /** Creates or replaces the profile of its user. */
  save(profile: ProfileToSave): Promise<Profile>;
  isSent(tenant: string, id: string): Promise<boolean>;
  markSent(tenant: string, id: string, sent: boolean): Promise<void>;
}
