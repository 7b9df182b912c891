import { Field, InputType } from "type-graphql";
import type { GivenPersonFilter } from "../../feeds/searches/search-check";
import { CompanyFilterInput } from "../company/company-filter.input";

@InputType("PersonFilter", { description: "Which people; what is left out does not restrict." })
export class PersonFilterInput implements GivenPersonFilter {
  @Field(() => [String], {
    nullable: true,
    description: "Parts of job titles, in any case: manager finds Finance Manager.",
  })
  readonly jobTitles?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Departments, exactly as worded." })
  readonly departments?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Seniorities, exactly as worded." })
  readonly seniorities?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "True: only people with a personal e-mail address." })
  readonly hasPersonalEmails?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "True: only people with a LinkedIn page." })
  readonly hasLinkedinProfile?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "True: only decision makers." })
  readonly isDecisionMaker?: boolean | null;

  @Field(() => CompanyFilterInput, { nullable: true, description: "Which companies they work at." })
  readonly company?: CompanyFilterInput | null;
}
