import { Ctx, Query, Resolver } from "type-graphql";
import type { ProviderStatus } from "../../feeds/provider-status";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { ProviderStatusType } from "./provider.type";

@Resolver()
export class ProviderQueries {
  @FieldCost({ rows: 4 })
  @Query(() => [ProviderStatusType], {
    description: "All providers: whether they can be called, their state, and the credits they have charged.",
  })
  providers(@Ctx() { services }: RequestContext): readonly ProviderStatus[] {
    return services.providerStatuses();
  }
}
