import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { externalUserIdDescription } from "./icp-recommendations";
import { toProfileInput, toUpsertPayload } from "./upsert-icp";
import { UpsertIcpInput, UpsertIcpPayloadType } from "./upsert-icp.type";

@Resolver()
export class IcpMutations {
  @FieldCost({ calls: "saveProfile" })
  @Mutation(() => UpsertIcpPayloadType, {
    nullable: true,
    description:
      "Creates or replaces the one profile of `externalUserId`, here and, where it is configured, at Surfe. If a value is rejected, nothing is saved, and `userErrors` lists all rejected values. If Surfe cannot save the profile now, it is saved here, and `issues` says why.",
  })
  async upsertICP(
    @Arg("input", () => UpsertIcpInput, { description: "The whole profile." }) input: UpsertIcpInput,
    @Ctx() context: RequestContext,
  ): Promise<unknown> {
    context.require("write");
    const profile = { ...toProfileInput(input), externalUserId: context.profileOwner(input.externalUserId) };
    return toUpsertPayload(input, await context.services.profiles.upsert(context.tenant, profile, context.caller));
  }

  @Mutation(() => Boolean, {
    description:
      "Deletes a profile here and closes its lists, whose cursors go on reading what is recorded; Surfe has no way to delete its own. False where there was none.",
  })
  async deleteICP(
    @Ctx() context: RequestContext,
    @Arg("externalUserId", () => String, { nullable: true, description: externalUserIdDescription })
    externalUserId?: string | null,
  ): Promise<boolean> {
    context.require("write");
    return context.services.profiles.delete(context.tenant, context.profileOwner(externalUserId));
  }
}
