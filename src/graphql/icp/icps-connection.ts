import { placeIn } from "../../feeds/entities/roster-pages";
import { toConnection, toEdges, type Connection } from "../../relay/connection";
import { listIdOf } from "../../relay/cursor";
import { toPageRequest, type PageArgs } from "../../relay/page-args";
import type { RequestContext } from "../context";
import { toIcpNode, type IcpNode } from "./icp-node";

const LIST = "profiles";

/** A page of all saved profiles, oldest first. */
export async function icpsConnection(
  args: PageArgs,
  { tenant, services: { profileStore, sealer } }: RequestContext,
): Promise<Connection<IcpNode>> {
  const placed = placeIn(sealer, tenant, [LIST], toPageRequest(args));
  const { members, hasPrevious, hasNext, total } = await profileStore.part(tenant, placed);
  const nodes = members.map(({ profile }) => toIcpNode(profile));
  const seal = (): readonly string[] => sealer.forList(tenant, listIdOf(LIST)).seal(members.map(({ mark }) => mark));
  return toConnection(nodes, () => toEdges(nodes, seal()), {
    hasPreviousPage: hasPrevious,
    hasNextPage: hasNext,
    totalCount: total,
  });
}
