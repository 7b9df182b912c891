import { Field, InputType } from "type-graphql";
import type { GivenCompanyFilter } from "../../feeds/searches/search-check";
import { DateTime } from "../scalars";

@InputType("CompanyFilter", { description: "Which companies; what is left out does not restrict." })
export class CompanyFilterInput implements GivenCompanyFilter {
  @Field(() => DateTime, { nullable: true, description: "Added to the catalogue at or after this time (inclusive)." })
  readonly addedAfter?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Added to the catalogue at or before this time (inclusive)." })
  readonly addedBefore?: Date | null;

  @Field(() => [String], { nullable: true, description: "Locations of the companies." })
  readonly locations?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Business functions." })
  readonly functions?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Industries they are in." })
  readonly industries?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Top-level domains of their sites, e.g. com." })
  readonly tlds?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Technologies they use; one in common is enough." })
  readonly technologies?: string[] | null;
}
