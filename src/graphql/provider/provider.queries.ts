import { Ctx, Query, Resolver } from "type-graphql";
import type { ProviderStatus } from "../../feeds/provider-status";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { ProviderStatusType } from "./provider.type";

@Resolver()
export class ProviderQueries {
  @FieldCost({ rows: 4 })
  @Query(() => [ProviderStatusType], {
    description: "Every provider: whether it can be asked, how it stands, what it has cost.",
  })
  providers(@Ctx() { services }: RequestContext): readonly ProviderStatus[] {
    return services.providerStatuses();
  }
}
