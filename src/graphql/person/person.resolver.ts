import { Arg, Args, Ctx, Extensions, FieldResolver, Resolver, Root } from "type-graphql";
import type { PersonNode } from "../../feeds/nodes";
import { personExamples } from "../../feeds/searches/lookalikes";
import { CompanyType } from "../company/company.type";
import { PageArgsType } from "../connection/page-args.type";
import { recommendationsConnection } from "../connection/roster-connections";
import { similarConnection } from "../connection/similar-connection";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { FROM_RECORD } from "../from-record";
import { RecommendationConnectionType } from "../recommendation/recommendation.type";
import { employerOf } from "./employer";
import { PersonReferenceInput, toPersonReference } from "./person-reference.input";
import { PersonType } from "./person.type";

@Resolver(() => PersonType)
export class PersonResolver {
  @FieldCost({ rows: "page", calls: "similar" })
  @FieldResolver(() => RecommendationConnectionType, {
    nullable: true,
    description:
      "Lookalikes of this person, by Lusha; where Lusha has no name for them, an empty page with an issue that says so.",
  })
  similarPeople(
    @Root() person: PersonNode,
    @Args(() => PageArgsType) args: PageArgsType,
    @Ctx() context: RequestContext,
    @Arg("exclude", () => [PersonReferenceInput], { nullable: true, description: "People to leave out." })
    exclude?: PersonReferenceInput[] | null,
  ): unknown {
    return similarConnection(person, personExamples("exclude", (exclude ?? []).map(toPersonReference)), args, context);
  }

  @Extensions(FROM_RECORD)
  @FieldResolver(() => CompanyType, { nullable: true, description: "Where they work; null where no provider says." })
  company(@Root() person: PersonNode, @Ctx() context: RequestContext): unknown {
    return employerOf(person, context);
  }

  @FieldCost({ rows: "page" })
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
