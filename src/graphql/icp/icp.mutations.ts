import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { toUpsertPayload } from "./upsert-icp";
import { UpsertIcpInputType, UpsertIcpPayloadType } from "./upsert-icp.type";

@Resolver()
export class IcpMutations {
  @FieldCost({ calls: "saveProfile" })
  @Mutation(() => UpsertIcpPayloadType, {
    nullable: true,
    description:
      "Creates or replaces the one profile of `externalUserId`, here and, where it is configured, at Surfe. Where a value is refused, `userErrors` tell all that are, and nothing is saved.",
  })
  async upsertICP(
    @Arg("input", () => UpsertIcpInputType, { description: "The whole profile." }) input: UpsertIcpInputType,
    @Ctx() { tenant, services, signal }: RequestContext,
  ): Promise<unknown> {
    return toUpsertPayload(input, await services.profiles.upsert(tenant, input, signal));
  }
}
