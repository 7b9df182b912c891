import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { Provider } from "../../domain/provider";
import { networkPageRequest } from "../../feeds/searches/network-recommendations";
import { toPageRequest } from "../../relay/page-args";
import { PageArgsType } from "../connection/page-args.type";
import { feedConnection } from "../connection/feed-connection";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { externalUserIdDescription, providersDescription, userRecommendations } from "../icp/icp-recommendations";
import { ProviderEnum } from "../provider/provider.type";
import { ProxyCountryEnum, type ProxyCountry } from "./proxy-country.type";
import { RecommendationConnectionType } from "./recommendation.type";

@Resolver()
export class RecommendationQueries {
  @FieldCost({ rows: "page", calls: "profilePage" })
  @Query(() => RecommendationConnectionType, {
    nullable: true,
    description:
      "The same connection as `icp(externalUserId:) { recommendations }`; PROFILE_NOT_FOUND where there is no such profile.",
  })
  recommendations(
    @Ctx() context: RequestContext,
    @Args(() => PageArgsType) args: PageArgsType,
    @Arg("externalUserId", () => String, { nullable: true, description: externalUserIdDescription })
    externalUserId?: string | null,
    @Arg("providers", () => [ProviderEnum], { nullable: true, description: providersDescription })
    providers?: Provider[] | null,
  ): unknown {
    return userRecommendations(context.profileOwner(externalUserId), providers ?? null, args, context);
  }

  @FieldCost({ rows: "page", calls: "network" })
  @Query(() => RecommendationConnectionType, {
    nullable: true,
    description:
      "People that LinkedIn suggests to the account whose login token is in use (header x-linkup-login-token), by LinkUp.",
  })
  networkRecommendations(
    @Ctx() context: RequestContext,
    @Args(() => PageArgsType) args: PageArgsType,
    @Arg("country", () => ProxyCountryEnum, {
      nullable: true,
      defaultValue: ProxyCountryEnum.FR,
      description: "From which country LinkedIn is read.",
    })
    country?: ProxyCountry | null,
  ): unknown {
    const { tenant, services, loginToken } = context;
    const page = toPageRequest(args);
    return feedConnection(networkPageRequest(services.network, tenant, loginToken, country ?? "FR", page), context);
  }
}
