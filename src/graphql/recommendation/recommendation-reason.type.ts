import { Field, Int, ObjectType } from "type-graphql";
import type { Provider } from "../../domain/provider";
import type { Reason } from "../../domain/recommendation";
import { ProviderEnum } from "../provider/provider.type";

@ObjectType("RecommendationReason", { simpleResolvers: true, description: "Why a provider recommends a subject." })
export class RecommendationReasonType implements Reason {
  @Field(() => ProviderEnum, { description: "Whose reason it is." })
  readonly provider!: Provider;

  @Field(() => String, { description: "What kind of reason; an open set, e.g. INDUSTRY_MATCH." })
  readonly type!: string;

  @Field(() => String, { nullable: true, description: "Heading of the reason." })
  readonly title!: string | null;

  @Field(() => String, { nullable: true, description: "The reason in a few words." })
  readonly shortDescription!: string | null;

  @Field(() => String, { nullable: true, description: "The reason in a sentence or more." })
  readonly description!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "How strong it is, 0 to 100; null where the provider does not say.",
  })
  readonly score!: number | null;
}
