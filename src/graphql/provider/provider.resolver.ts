import { Arg, Ctx, FieldResolver, Float, Resolver, Root } from "type-graphql";
import type { ProviderStatus } from "../../feeds/provider-status";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { DateTime } from "../scalars";
import { ProviderStatusType } from "./provider.type";

@Resolver(() => ProviderStatusType)
export class ProviderResolver {
  @FieldCost({ weight: 1 })
  @FieldResolver(() => Float, { description: "Credits charged so far, in the unit of `creditUnit`." })
  creditsSpent(
    @Root() { provider }: ProviderStatus,
    @Ctx() { loaders }: RequestContext,
    @Arg("since", () => DateTime, {
      nullable: true,
      description: "Counts only what was charged at or after this time.",
    })
    since?: Date | null,
  ): Promise<number> {
    return loaders.creditsByPeriod.load({ provider, since: since ?? null });
  }
}
