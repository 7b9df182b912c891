import type { Icp, Profile } from "../../domain/profile";
import { icpId } from "../../relay/global-id";

/** A profile as the graph serves it. */
export interface IcpNode extends Pick<Profile, "companies" | "people"> {
  readonly kind: "ICP";
  readonly id: string;
  readonly externalUserId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly icp: Icp;
}

export function toIcpNode(icp: Icp): IcpNode {
  const { externalUserId, profile, createdAt, updatedAt } = icp;
  const { companies, people } = profile;
  return { kind: "ICP", id: icpId(icp.id), externalUserId, companies, people, createdAt, updatedAt, icp };
}
