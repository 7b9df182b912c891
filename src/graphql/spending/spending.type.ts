import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Provider } from "../../domain/provider";
import { SPENDING_DIMENSIONS, type SpendingDimension } from "../../domain/spending-dimension";
import { ProviderEnum } from "../provider/provider.type";
import { CalendarDate } from "../scalars";

/** The enum values, in the form that TypeGraphQL needs. */
export const SpendingDimensionEnum = Object.fromEntries(SPENDING_DIMENSIONS.map((one) => [one, one])) as {
  readonly [Name in SpendingDimension]: Name;
};

registerEnumType(SpendingDimensionEnum, {
  name: "SpendingDimension",
  description: "What spending can be divided by.",
  valuesConfig: {
    PROVIDER: { description: "By provider." },
    DAY: { description: "By calendar day (UTC)." },
    OPERATION: { description: "By the name of the operation that began the calls." },
    CLIENT: { description: "By the name of the client (`apollographql-client-name`)." },
    USER: { description: "By the user (`externalUserId`) whom the calls were made for." },
  },
});

@ObjectType("Spending", {
  simpleResolvers: true,
  description: "Provider calls that have ended, and what they cost. A dimension that was not asked for is null.",
})
export class SpendingType {
  @Field(() => ProviderEnum, { nullable: true, description: "Which provider was called." })
  readonly provider!: Provider | null;

  @Field(() => CalendarDate, { nullable: true, description: "The calendar day (UTC) on which the calls ended." })
  readonly day!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The operation's name, as the client gave it; null where it has none.",
  })
  readonly operation!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The client's name (`apollographql-client-name`); null where the client did not say it.",
  })
  readonly client!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The user (`externalUserId`) whom the calls were made for; null: the owner of the provider's key.",
  })
  readonly user!: string | null;

  @Field(() => Int, { description: "How many calls were made, free and failed ones included." })
  readonly calls!: number;

  @Field(() => Float, { description: "Credits that the providers charged." })
  readonly credits!: number;

  @Field(() => Float, { description: "Credits reserved by calls whose outcome is unknown." })
  readonly unsettled!: number;
}
