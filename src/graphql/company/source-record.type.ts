import { Field, ObjectType } from "type-graphql";
import type { Provider } from "../../domain/provider";
import type { Source } from "../../domain/source";
import { FieldCost } from "../field-cost";
import { ProviderEnum } from "../provider/provider.type";
import { DateTime } from "../scalars";

@ObjectType("SourceRecord", { simpleResolvers: true, description: "Which provider said what, and when." })
export class SourceRecordType implements Source {
  @Field(() => ProviderEnum, { description: "The provider." })
  readonly provider!: Provider;

  @Field(() => String, { nullable: true, description: "The provider's own identifier, where it has one." })
  readonly providerId!: string | null;

  @Field(() => DateTime, { description: "When the recommendation was fetched from the provider." })
  readonly fetchedAt!: Date;

  @FieldCost({ rows: 10 })
  @Field(() => [String], { description: "The fields of this entity whose value the record supplies." })
  readonly fields!: string[];
}
