import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { EntityKey } from "../../domain/entity-key";
import type { PersonExample } from "../../domain/profile";
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
    return companiesBy(profile.criteria.exampleCompanies, loaders);
  }

  @FieldCost({ rows: MAX_EXAMPLES })
  @FieldResolver(() => [PersonType], { description: "People to find lookalikes of." })
  examplePeople(@Root() { profile }: IcpNode, @Ctx() { loaders }: RequestContext): Promise<unknown> {
    return peopleBy(profile.criteria.examplePeople, loaders);
  }

  @FieldCost({ rows: MAX_EXAMPLES })
  @FieldResolver(() => [CompanyType], { description: "Companies that Lusha leaves out of the lookalikes." })
  excludeCompanies(@Root() { profile }: IcpNode, @Ctx() { loaders }: RequestContext): Promise<unknown> {
    return companiesBy(profile.criteria.excludeCompanies ?? [], loaders);
  }

  @FieldCost({ rows: MAX_EXAMPLES })
  @FieldResolver(() => [PersonType], { description: "People that Lusha leaves out of the lookalikes." })
  excludePeople(@Root() { profile }: IcpNode, @Ctx() { loaders }: RequestContext): Promise<unknown> {
    return peopleBy(profile.criteria.excludePeople ?? [], loaders);
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

type Loaders = Pick<RequestContext["loaders"], "entityByKey">;

function companiesBy(keys: readonly EntityKey[], { entityByKey }: Loaders): Promise<readonly unknown[]> {
  return Promise.all(keys.map(async (key) => (await entityByKey.load(key)) ?? bareCompany(key)));
}

function peopleBy(people: readonly PersonExample[], { entityByKey }: Loaders): Promise<readonly unknown[]> {
  return Promise.all(people.map(async ({ key }) => (await entityByKey.load(key)) ?? barePerson(key)));
}
