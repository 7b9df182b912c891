import { createUnionType, Directive, Field, Int, ObjectType } from "type-graphql";
import type { Provider } from "../../domain/provider";
import { CompanyType } from "../company/company.type";
import { providerConnectionType } from "../connection/connection.type";
import { FieldCost } from "../field-cost";
import { NodeType } from "../node/node.type";
import { PersonType } from "../person/person.type";
import { ProviderEnum } from "../provider/provider.type";
import { DateTime } from "../scalars";
import { RecommendationReasonType } from "./recommendation-reason.type";

export const RecommendationSubjectType = createUnionType({
  name: "RecommendationSubject",
  description: "What can be recommended.",
  types: () => [CompanyType, PersonType] as const,
  resolveType: (value) => ("kind" in value && value.kind === "Person" ? PersonType : CompanyType),
});

@Directive('@key(fields: "id")')
@ObjectType("Recommendation", {
  simpleResolvers: true,
  implements: NodeType,
  description: "A company or person that a provider recommends, and why.",
})
export class RecommendationType extends NodeType {
  @Field(() => RecommendationSubjectType, { description: "The company or person recommended." })
  readonly subject!: CompanyType | PersonType;

  @Field(() => PersonType, { nullable: true, description: "The subject, when a person is recommended." })
  readonly person!: PersonType | null;

  @Field(() => ProviderEnum, { description: "The first provider that recommended the subject." })
  readonly provider!: Provider;

  @FieldCost({ rows: 4 })
  @Field(() => [ProviderEnum], {
    description: "All that recommended the subject, as recorded when this is read; its place never changes.",
  })
  readonly providers!: Provider[];

  @FieldCost({ rows: 5 })
  @Field(() => [RecommendationReasonType], { description: "Reasons, in the providers' words." })
  readonly reasons!: RecommendationReasonType[];

  @Field(() => Int, { nullable: true, description: "The highest reason's score; null where no reason has one." })
  readonly score!: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When the provider made the recommendation; null where it does not say.",
  })
  readonly generatedAt!: Date | null;

  @Field(() => DateTime, { description: "When the recommendation was fetched from the provider." })
  readonly recordedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: "The provider's own id of the recommendation, where it has one (Surfe).",
  })
  readonly providerId!: string | null;
}

export const RecommendationConnectionType = providerConnectionType("Recommendation", () => RecommendationType);
