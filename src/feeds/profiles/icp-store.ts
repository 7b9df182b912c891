import type { Icp, Profile } from "../../domain/profile";
import type { FeedName } from "../feed/feed-store";

/** A saved profile and its place in the list of all; marks grow with the time of creation. */
export interface IcpMember {
  readonly id: string;
  readonly mark: number;
}

export interface SavedIcp {
  readonly tenant: string;
  readonly id: string;
  readonly externalUserId: string | null;
  readonly profile: Profile;
  /** Whether Surfe has this very profile. */
  readonly sent: boolean;
  readonly at: Date;
  /** Which feeds of the profile's connection go on; the others are closed. */
  readonly closing: { readonly connection: string; readonly goesOn: (feed: FeedName) => boolean };
}

/** Where profiles are kept. Every method is one transaction. */
export interface IcpStore {
  byExternalUserId(tenant: string, externalUserId: string | null): Promise<Icp | null>;
  /** By id; unknown ids are absent. */
  byIds(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Icp>>;
  /** All profiles, oldest first. */
  members(tenant: string): Promise<readonly IcpMember[]>;
  /** Creates or replaces the profile of its user. */
  save(icp: SavedIcp): Promise<Icp>;
  isSent(tenant: string, id: string): Promise<boolean>;
  markSent(tenant: string, id: string, sent: boolean): Promise<void>;
}
