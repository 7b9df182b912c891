import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import { MAX_EXAMPLES } from "../../feeds/profiles/profile-input";
import { InputError } from "../../domain/errors";
import { companyByDomain, companyByLinkedin } from "../../feeds/entities/entity-references";
import { checkCompanyFilter } from "../../feeds/searches/search-check";
import { toPageRequest } from "../../relay/page-args";
import { feedConnection } from "../connection/feed-connection";
import { searchConnection } from "../connection/search-connection";
import { PageArgsType } from "../connection/page-args.type";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { RecommendationConnectionType } from "../recommendation/recommendation.type";
import { CompanyFilterInput } from "./company-filter.input";
import { CompanyReferenceInput, toCompanyReference } from "./company-reference.input";
import { CompanyConnectionType, CompanyType } from "./company.type";

@Resolver()
export class CompanyQueries {
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

  @FieldCost({ rows: "page", calls: "search" })
  @Query(() => CompanyConnectionType, { nullable: true, description: "Searches the catalogue of Letrics." })
  companies(
    @Ctx() context: RequestContext,
    @Args(() => PageArgsType) args: PageArgsType,
    @Arg("filter", () => CompanyFilterInput, {
      nullable: true,
      description: "Restricts the result; left out: everything.",
    })
    filter?: CompanyFilterInput | null,
  ): unknown {
    const search = { kind: "companies" as const, filter: checkCompanyFilter(filter ?? {}) };
    return searchConnection(search, args, context);
  }

  @FieldCost({ rows: "page", calls: "similar" })
  @Query(() => RecommendationConnectionType, {
    nullable: true,
    description: "Lookalikes of a set of companies, by Lusha.",
  })
  async similarCompanies(
    @Ctx() context: RequestContext,
    @Args(() => PageArgsType) args: PageArgsType,
    @Arg("companies", () => [CompanyReferenceInput], {
      description: `1 to ${MAX_EXAMPLES} companies to find lookalikes of.`,
    })
    companies: CompanyReferenceInput[],
    @Arg("exclude", () => [CompanyReferenceInput], { nullable: true, description: "Companies to leave out." })
    exclude?: CompanyReferenceInput[] | null,
  ): Promise<unknown> {
    const { tenant, services } = context;
    const seeds = companies.map(toCompanyReference);
    const excluded = (exclude ?? []).map(toCompanyReference);
    const request = await services.lookalikes.companies(tenant, seeds, excluded, toPageRequest(args));
    return feedConnection(request, context);
  }
}
