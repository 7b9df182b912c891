import { Field, ObjectType } from "type-graphql";
import { FieldCost } from "../field-cost";

const MANY = 50;

@ObjectType("ProfileOptions", {
  simpleResolvers: true,
  description: "Values that Surfe takes in a profile, for forms; it may accept other values too.",
})
export class ProfileOptionsType {
  @FieldCost({ rows: MANY })
  @Field(() => [String], { description: "For `companies.industries`." })
  readonly industries!: readonly string[];

  @FieldCost({ rows: MANY })
  @Field(() => [String], { description: "For `people.departments`." })
  readonly departments!: readonly string[];

  @FieldCost({ rows: MANY })
  @Field(() => [String], { description: "For `people.seniorities`." })
  readonly seniorities!: readonly string[];

  @FieldCost({ rows: MANY })
  @Field(() => [String], { description: "World regions, for `companies.primaryLocations` and `people.countries`." })
  readonly regions!: readonly string[];
}
