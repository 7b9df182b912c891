import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { InputError } from "../../domain/errors";
import type { CompanyNode } from "../../feeds/nodes";
import { companyByDomain, companyByLinkedin } from "../../feeds/references";
import { employeesConnection, recommendationsConnection } from "../connection/roster-connections";
import { PageArgsType } from "../connection/page-args.type";
import type { RequestContext } from "../context";
import { PersonConnectionType } from "../person/person.type";
import { RecommendationConnectionType } from "../recommendation/recommendation.type";
import { CompanyType } from "./company.type";

@Resolver(() => CompanyType)
export class CompanyResolver {
  @Query(() => CompanyType, {
    nullable: true,
    description: "A company among what has been recorded, named in exactly one way; null where none is.",
  })
  company(
    @Ctx() { loaders }: RequestContext,
    @Arg("domain", () => String, { nullable: true, description: "Its domain, however it is written." })
    domain?: string | null,
    @Arg("linkedinUrl", () => String, { nullable: true, description: "Its LinkedIn address, however it is written." })
    linkedinUrl?: string | null,
  ): Promise<unknown> {
    if ((domain == null) === (linkedinUrl == null))
      throw new InputError("Give exactly one of `domain` and `linkedinUrl`.");
    const named = domain != null ? companyByDomain(domain) : companyByLinkedin(linkedinUrl ?? "");
    if (!named.ok) throw new InputError(named.message);
    return loaders.entityByKey.load(named.value);
  }

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
