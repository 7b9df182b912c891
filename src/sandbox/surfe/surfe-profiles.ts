import { stableId } from "../simulator/stable-id";
import type { IcpRequest } from "./requests";

/** A saved ICP. `owner` names the key and external user it belongs to, `id` is the same after each replacement. */
export interface Profile extends IcpRequest {
  readonly owner: string;
  readonly id: string;
}

/** Whose ICP it is: one for each external user of a key, and one for the key's own user (`null`). */
export function ownerOf(apiKey: string, externalUserId: string | null): string {
  return JSON.stringify([apiKey, externalUserId]);
}

/** The ICPs: one an owner. */
export class Profiles {
  private readonly byOwner = new Map<string, Profile>();

  /** Replaces what was there. */
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
