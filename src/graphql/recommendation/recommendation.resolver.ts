import { Args, Ctx, Extensions, FieldResolver, Resolver, Root } from "type-graphql";
import type { RecommendationNode } from "../../feeds/nodes";
import { CompanyType } from "../company/company.type";
import { PageArgsType } from "../connection/page-args.type";
import { contactsConnection } from "../connection/roster-connections";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { FROM_RECORD } from "../from-record";
import { PersonConnectionType } from "../person/person.type";
import { companyOfRecommendation } from "../person/employer";
import { RecommendationType } from "./recommendation.type";

@Resolver(() => RecommendationType)
export class RecommendationResolver {
  @Extensions(FROM_RECORD)
  @FieldResolver(() => CompanyType, {
    nullable: true,
    description: "The subject, or the employer of the person recommended.",
  })
  company(@Root() recommendation: RecommendationNode, @Ctx() context: RequestContext): unknown {
    return companyOfRecommendation(recommendation, context);
  }

  @FieldCost({ rows: "page" })
  @Extensions(FROM_RECORD)
  @FieldResolver(() => PersonConnectionType, { description: "The contacts that came with a company recommendation." })
  people(
    @Root() recommendation: RecommendationNode,
    @Args(() => PageArgsType) args: PageArgsType,
    @Ctx() context: RequestContext,
  ): unknown {
    return contactsConnection(recommendation, args, context);
  }
}
