import { Field, InputType } from "type-graphql";
import type { GivenCompanyFilter } from "../../feeds/searches/search-check";
import { DateTime } from "../scalars";

@InputType("CompanyFilter", { description: "Which companies; what is left out does not restrict." })
export class CompanyFilterInput implements GivenCompanyFilter {
  @Field(() => DateTime, { nullable: true, description: "Only companies that the catalogue got then or later." })
  readonly addedAfter?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Only companies that the catalogue got then or earlier." })
  readonly addedBefore?: Date | null;

  @Field(() => [String], { nullable: true, description: "Where they are." })
  readonly locations?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Functions they have." })
  readonly functions?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Industries they are in." })
  readonly industries?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Top-level domains of their sites, e.g. com." })
  readonly tlds?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Technologies they use; one in common is enough." })
  readonly technologies?: string[] | null;
}
