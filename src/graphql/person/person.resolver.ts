import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { InputError } from "../../domain/errors";
import type { PersonNode } from "../../feeds/nodes";
import { personByLinkedin } from "../../feeds/references";
import { CompanyType } from "../company/company.type";
import { PageArgsType } from "../connection/page-args.type";
import { recommendationsConnection } from "../connection/roster-connections";
import type { RequestContext } from "../context";
import { RecommendationConnectionType } from "../recommendation/recommendation.type";
import { employerOf } from "./employer";
import { PersonType } from "./person.type";

@Resolver(() => PersonType)
export class PersonResolver {
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

  @FieldResolver(() => CompanyType, { nullable: true, description: "Where they work; null where no provider says." })
  company(@Root() person: PersonNode, @Ctx() context: RequestContext): unknown {
    return employerOf(person, context);
  }

  @FieldResolver(() => RecommendationConnectionType, {
    nullable: true,
    description: "Everything ever recorded that recommends this person, newest first.",
  })
  recommendations(
    @Root() person: PersonNode,
    @Args(() => PageArgsType) args: PageArgsType,
    @Ctx() context: RequestContext,
  ): unknown {
    return recommendationsConnection(person, args, context);
  }
}
