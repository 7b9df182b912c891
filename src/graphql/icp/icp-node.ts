import type { JsonObject } from "../../domain/json-object";
import type { Profile, ProfileCriteria } from "../../domain/profile";
import { icpId } from "../../relay/global-id";

/** A profile as the graph serves it. */
export interface IcpNode extends Pick<ProfileCriteria, "companies" | "people"> {
  readonly kind: "ICP";
  readonly id: string;
  readonly externalUserId: string | null;
  readonly providerId: string | null;
  readonly surfe: JsonObject | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly profile: Profile;
}

export function toIcpNode(profile: Profile): IcpNode {
  const { externalUserId, providerId = null, criteria, createdAt, updatedAt } = profile;
  const { companies, people, surfe = null } = criteria;
  const id = icpId(profile.id);
  return { kind: "ICP", id, externalUserId, providerId, companies, people, surfe, createdAt, updatedAt, profile };
}
