import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Provider } from "../../domain/provider";
import { bareCompany, barePerson } from "../../feeds/entities/bare-entity";
import { MAX_EXAMPLES } from "../../feeds/profiles/profile-input";
import { CompanyType } from "../company/company.type";
import { PageArgsType } from "../connection/page-args.type";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { PersonType } from "../person/person.type";
import { ProviderEnum } from "../provider/provider.type";
import { RecommendationConnectionType } from "../recommendation/recommendation.type";
import { type IcpNode } from "./icp-node";
import { recommendationsOf, providersDescription } from "./icp-recommendations";
import { IcpType } from "./icp.type";

@Resolver(() => IcpType)
export class IcpResolver {
  @FieldCost({ rows: MAX_EXAMPLES })
  @FieldResolver(() => [CompanyType], { description: "Companies to find lookalikes of." })
  exampleCompanies(@Root() { profile }: IcpNode, @Ctx() { loaders }: RequestContext): Promise<unknown> {
    return Promise.all(
      profile.criteria.exampleCompanies.map(async (key) => (await loaders.entityByKey.load(key)) ?? bareCompany(key)),
    );
  }

  @FieldCost({ rows: MAX_EXAMPLES })
  @FieldResolver(() => [PersonType], { description: "People to find lookalikes of." })
  examplePeople(@Root() { profile }: IcpNode, @Ctx() { loaders }: RequestContext): Promise<unknown> {
    return Promise.all(
      profile.criteria.examplePeople.map(async ({ key }) => (await loaders.entityByKey.load(key)) ?? barePerson(key)),
    );
  }

  @FieldCost({ rows: "page", calls: "profilePage" })
  @FieldResolver(() => RecommendationConnectionType, {
    nullable: true,
    description: "One list over every configured provider that can serve this profile, each subject once.",
  })
  recommendations(
    @Root() { profile }: IcpNode,
    @Ctx() context: RequestContext,
    @Args(() => PageArgsType) args: PageArgsType,
    @Arg("providers", () => [ProviderEnum], { nullable: true, description: providersDescription })
    providers?: Provider[] | null,
  ): unknown {
    return recommendationsOf(profile, providers ?? null, args, context);
  }
}
