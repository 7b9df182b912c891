import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { InputError } from "../../domain/errors";
import type { SpendingDimension } from "../../domain/spending-dimension";
import type { SpendingSum } from "../../feeds/spending-report.port";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { DateTime } from "../scalars";
import { SpendingDimensionEnum, SpendingType } from "./spending.type";

/** For limits: 25 days of four providers. */
const ASSUMED_ROWS = 100;

@Resolver()
export class SpendingQueries {
  @FieldCost({ rows: ASSUMED_ROWS })
  @Query(() => [SpendingType], {
    description:
      "What was spent, summed by what is asked for, the oldest day first. Without the scope `users`, only what was spent for the caller's own user.",
  })
  spending(
    @Ctx() { access, tenant, services }: RequestContext,
    @Arg("since", () => DateTime, {
      nullable: true,
      description: "From this time (inclusive); left out: from the beginning.",
    })
    since?: Date | null,
    @Arg("until", () => DateTime, { nullable: true, description: "Until this time (exclusive); left out: until now." })
    until?: Date | null,
    @Arg("by", () => [SpendingDimensionEnum], { nullable: true, description: "Left out: one sum of all." })
    by?: readonly SpendingDimension[] | null,
  ): Promise<readonly SpendingSum[]> {
    if (since && until && since > until) throw new InputError("`since` must not be later than `until`.");
    return services.spendingReport.sums(tenant, {
      since: since ?? null,
      until: until ?? null,
      by: by ?? [],
      ...(access.scopes.has("users") ? {} : { ofUser: access.user }),
    });
  }
}
