import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import { MAX_EXAMPLES } from "../../feeds/profiles/profile-input";
import { InputError } from "../../domain/errors";
import { personByLinkedin } from "../../feeds/entities/entity-references";
import { checkPersonFilter } from "../../feeds/searches/search-check";
import { toPageRequest } from "../../relay/page-args";
import { PageArgsType } from "../connection/page-args.type";
import { feedConnection } from "../connection/feed-connection";
import { searchConnection } from "../connection/search-connection";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { RecommendationConnectionType } from "../recommendation/recommendation.type";
import { PersonFilterInput } from "./person-filter.input";
import { PersonReferenceInput, toPersonReference } from "./person-reference.input";
import { PersonConnectionType, PersonType } from "./person.type";

@Resolver()
export class PersonQueries {
  @Query(() => PersonType, {
    nullable: true,
    description: "A person among what has been recorded; null where none is.",
  })
  person(
    @Ctx() { loaders }: RequestContext,
    @Arg("linkedinUrl", () => String, { nullable: true, description: "Their LinkedIn address, however it is written." })
    linkedinUrl?: string | null,
  ): Promise<unknown> {
    if (linkedinUrl == null) throw new InputError("Give `linkedinUrl`.");
    const named = personByLinkedin(linkedinUrl);
    if (!named.ok) throw new InputError(named.message);
    return loaders.entityByKey.load(named.value);
  }

  @FieldCost({ rows: "page", calls: "search" })
  @Query(() => PersonConnectionType, { nullable: true, description: "Searches the contacts of Letrics." })
  people(
    @Ctx() context: RequestContext,
    @Args(() => PageArgsType) args: PageArgsType,
    @Arg("filter", () => PersonFilterInput, {
      nullable: true,
      description: "Restricts the result; left out: everything.",
    })
    filter?: PersonFilterInput | null,
  ): unknown {
    const search = { kind: "people" as const, filter: checkPersonFilter(filter ?? {}) };
    return searchConnection(search, args, context);
  }

  @FieldCost({ rows: "page", calls: "similar" })
  @Query(() => RecommendationConnectionType, {
    nullable: true,
    description: "Lookalikes of a set of people, by Lusha.",
  })
  async similarPeople(
    @Ctx() context: RequestContext,
    @Args(() => PageArgsType) args: PageArgsType,
    @Arg("people", () => [PersonReferenceInput], { description: `1 to ${MAX_EXAMPLES} people to find lookalikes of.` })
    people: PersonReferenceInput[],
    @Arg("exclude", () => [PersonReferenceInput], { nullable: true, description: "People to leave out." })
    exclude?: PersonReferenceInput[] | null,
  ): Promise<unknown> {
    const { tenant, services } = context;
    const seeds = people.map(toPersonReference);
    const excluded = (exclude ?? []).map(toPersonReference);
    const request = await services.lookalikes.people(tenant, seeds, excluded, toPageRequest(args));
    return feedConnection(request, context);
  }
}
