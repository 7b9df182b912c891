import { Field, Float, ObjectType } from "type-graphql";
import type { Location } from "../../domain/company";

const text = (): StringConstructor => String;
const number = (): typeof Float => Float;

@ObjectType("Location", { simpleResolvers: true, description: "An address." })
export class LocationType implements Location {
  @Field(text, {
    nullable: true,
    description: "ISO 3166 alpha-2, upper case, where the country was recognised; otherwise the provider's own words.",
  })
  readonly country!: string | null;

  @Field(text, { nullable: true, description: "State, province or the like." })
  readonly region!: string | null;

  @Field(text, { nullable: true, description: "Short code of the region." })
  readonly regionCode!: string | null;

  @Field(text, { nullable: true, description: "City, town or village." })
  readonly locality!: string | null;

  @Field(text, { nullable: true, description: "Postal code." })
  readonly postalCode!: string | null;

  @Field(text, { nullable: true, description: "Street and number, or the whole address where it came in one piece." })
  readonly streetAddress!: string | null;

  @Field(number, { nullable: true, description: "Degrees north." })
  readonly latitude!: number | null;

  @Field(number, { nullable: true, description: "Degrees east." })
  readonly longitude!: number | null;

  @Field(() => Boolean, { description: "Whether a provider calls it the company's primary location." })
  readonly primary!: boolean;
}
