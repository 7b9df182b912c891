import { stableId } from "../simulator/stable-id";
import type { IcpRequest } from "./requests";

/** A saved ICP. `owner` identifies the key and external user; `id` stays the same when it is replaced. */
export interface Profile extends IcpRequest {
  readonly owner: string;
  readonly id: string;
}

/** The owner of an ICP: an external user of a key, or the key's own user (`null`). */
export function ownerOf(apiKey: string, externalUserId: string | null): string {
  return JSON.stringify([apiKey, externalUserId]);
}

/** The ICPs, one for each owner. */
export class Profiles {
  private readonly byOwner = new Map<string, Profile>();

  /** Saves an ICP, and replaces the one before. */
  save(apiKey: string, request: IcpRequest): Profile {
    const owner = ownerOf(apiKey, request.externalUserId);
    const profile = { ...request, owner, id: stableId("icp", owner) };
    this.byOwner.set(owner, profile);
    return profile;
  }

  find(apiKey: string, externalUserId: string | null): Profile | undefined {
    return this.byOwner.get(ownerOf(apiKey, externalUserId));
  }
}
