import { profileRoster, rosterPage } from "../../feeds/entities/roster-pages";
import type { Connection } from "../../relay/connection";
import { toPageRequest, type PageArgs } from "../../relay/page-args";
import type { RequestContext } from "../context";
import { toIcpNode, type IcpNode } from "./icp-node";

/** A page of all saved profiles. */
export async function icpsConnection(args: PageArgs, context: RequestContext): Promise<Connection<IcpNode>> {
  const { tenant, services, loaders } = context;
  const request = toPageRequest(args);
  const roster = profileRoster(await services.profileStore.members(tenant));
  const page = rosterPage(services.sealer, tenant, roster, request);
  const profiles = await Promise.all(page.members.map(({ id }) => loaders.profileById.load(id)));
  return page.connect(profiles.filter((profile) => profile !== null).map(toIcpNode));
}
