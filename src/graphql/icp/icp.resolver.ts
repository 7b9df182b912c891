import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
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
import { icpsConnection } from "./icps-connection";
import { toIcpNode, type IcpNode } from "./icp-node";
import { externalUserIdDescription, recommendationsOf, providersDescription } from "./icp-recommendations";
import { IcpConnectionType, IcpType } from "./icp.type";
import { toUpsertPayload } from "./upsert-icp";
import { UpsertIcpInputType, UpsertIcpPayloadType } from "./upsert-icp.type";

@Resolver(() => IcpType)
export class IcpResolver {
  @Query(() => IcpType, { nullable: true, description: "A saved profile; null where none has been saved." })
  async icp(
    @Ctx() { tenant, services }: RequestContext,
    @Arg("externalUserId", () => String, { nullable: true, description: externalUserIdDescription })
    externalUserId?: string | null,
  ): Promise<unknown> {
    const profile = await services.profileCache.load(tenant, externalUserId ?? null);
    return profile && toIcpNode(profile);
  }

  @FieldCost({ rows: "page" })
  @Query(() => IcpConnectionType, { description: "All saved profiles, oldest first." })
  icps(@Args(() => PageArgsType) args: PageArgsType, @Ctx() context: RequestContext): Promise<unknown> {
    return icpsConnection(args, context);
  }

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
