import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import { PageArgsType } from "../connection/page-args.type";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { icpsConnection } from "./icps-connection";
import { toIcpNode } from "./icp-node";
import { externalUserIdDescription } from "./icp-recommendations";
import { IcpConnectionType, IcpType } from "./icp.type";
import { ProfileOptionsType } from "./profile-options.type";

@Resolver()
export class IcpQueries {
  @Query(() => IcpType, { nullable: true, description: "A saved profile; null where none has been saved." })
  async icp(
    @Ctx() context: RequestContext,
    @Arg("externalUserId", () => String, { nullable: true, description: externalUserIdDescription })
    externalUserId?: string | null,
  ): Promise<unknown> {
    const owner = context.profileOwner(externalUserId);
    const profile = await context.services.profileCache.load(context.tenant, owner);
    return profile && toIcpNode(profile);
  }

  @FieldCost({ rows: "page" })
  @Query(() => IcpConnectionType, { description: "All saved profiles, oldest first." })
  async icps(@Args(() => PageArgsType) args: PageArgsType, @Ctx() context: RequestContext): Promise<unknown> {
    context.require("users");
    return icpsConnection(args, context);
  }

  @FieldCost({ calls: "profileOptions" })
  @Query(() => ProfileOptionsType, {
    nullable: true,
    description:
      "Values that Surfe takes in a profile (its Get Filters), for forms: recorded for a day; null where Surfe is not configured.",
  })
  profileOptions(@Ctx() { tenant, services, caller }: RequestContext): Promise<unknown> {
    return services.profileOptions.read(tenant, caller);
  }
}
