import { Arg, Args, Ctx, Extensions, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Provider } from "../../domain/provider";
import type { RecommendationNode } from "../../feeds/nodes";
import { CompanyType } from "../company/company.type";
import { PageArgsType } from "../connection/page-args.type";
import { contactsConnection } from "../connection/roster-connections";
import type { CallKind } from "../call-kind";
import type { RequestContext } from "../context";
import {
  externalUserIdDescription,
  icpByUserOrRefuse,
  icpRecommendations,
  providersDescription,
} from "../icp/icp-recommendations";
import { PersonConnectionType } from "../person/person.type";
import { employerOf } from "../person/employer";
import { ProviderEnum } from "../provider/provider.type";
import { RecommendationConnectionType, RecommendationType } from "./recommendation.type";

@Resolver(() => RecommendationType)
export class RecommendationResolver {
  @Extensions({ providerCalls: "profilePage" satisfies CallKind })
  @Query(() => RecommendationConnectionType, {
    nullable: true,
    description:
      "The same connection as `icp(externalUserId:) { recommendations }`; an error where there is no such profile.",
  })
  async recommendations(
    @Ctx() context: RequestContext,
    @Args(() => PageArgsType) args: PageArgsType,
    @Arg("externalUserId", () => String, { nullable: true, description: externalUserIdDescription })
    externalUserId?: string | null,
    @Arg("providers", () => [ProviderEnum], { nullable: true, description: providersDescription })
    providers?: Provider[] | null,
  ): Promise<unknown> {
    const icp = await icpByUserOrRefuse(externalUserId ?? null, context);
    return icpRecommendations(icp, providers ?? null, args, context);
  }

  @FieldResolver(() => CompanyType, {
    nullable: true,
    description: "The subject, or the employer of the person recommended.",
  })
  company(@Root() { subject }: RecommendationNode, @Ctx() context: RequestContext): unknown {
    return subject.kind === "Company" ? subject : employerOf(subject, context);
  }

  @FieldResolver(() => PersonConnectionType, { description: "The contacts that came with a company recommendation." })
  people(
    @Root() recommendation: RecommendationNode,
    @Args(() => PageArgsType) args: PageArgsType,
    @Ctx() context: RequestContext,
  ): unknown {
    return contactsConnection(recommendation, args, context);
  }
}
