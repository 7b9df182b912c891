import { Arg, Args, Ctx, Extensions, FieldResolver, Resolver, Root } from "type-graphql";
import type { CompanyNode } from "../../feeds/nodes";
import { companyExamples } from "../../feeds/searches/lookalikes";
import { similarConnection } from "../connection/similar-connection";
import { employeesConnection, recommendationsConnection } from "../connection/roster-connections";
import { PageArgsType } from "../connection/page-args.type";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { FROM_RECORD } from "../from-record";
import { PersonConnectionType } from "../person/person.type";
import { RecommendationConnectionType } from "../recommendation/recommendation.type";
import { CompanyReferenceInput, toCompanyReference } from "./company-reference.input";
import { CompanyType } from "./company.type";

@Resolver(() => CompanyType)
export class CompanyResolver {
  @FieldCost({ rows: "page", calls: "similar" })
  @FieldResolver(() => RecommendationConnectionType, {
    nullable: true,
    description:
      "Lookalikes of this company, by Lusha; where Lusha has no name for it, an empty page with an issue that says so.",
  })
  similarCompanies(
    @Root() company: CompanyNode,
    @Args(() => PageArgsType) args: PageArgsType,
    @Ctx() context: RequestContext,
    @Arg("exclude", () => [CompanyReferenceInput], { nullable: true, description: "Companies to leave out." })
    exclude?: CompanyReferenceInput[] | null,
  ): unknown {
    return similarConnection(
      company,
      companyExamples("exclude", (exclude ?? []).map(toCompanyReference)),
      args,
      context,
    );
  }

  @FieldCost({ rows: "page" })
  @Extensions(FROM_RECORD)
  @FieldResolver(() => PersonConnectionType, {
    nullable: true,
    description: "Everyone known to work there, from every provider, each person once.",
  })
  people(
    @Root() company: CompanyNode,
    @Args(() => PageArgsType) args: PageArgsType,
    @Ctx() context: RequestContext,
  ): unknown {
    return employeesConnection(company, args, context);
  }

  @FieldCost({ rows: "page" })
  @FieldResolver(() => RecommendationConnectionType, {
    nullable: true,
    description: "Everything ever recorded that recommends this company, newest first.",
  })
  recommendations(
    @Root() company: CompanyNode,
    @Args(() => PageArgsType) args: PageArgsType,
    @Ctx() context: RequestContext,
  ): unknown {
    return recommendationsConnection(company, args, context);
  }
}
