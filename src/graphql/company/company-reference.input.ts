import { Field, ID, InputType } from "type-graphql";

@InputType("CompanyReferenceInput", { description: "Names a company in exactly one way." })
export class CompanyReferenceInput {
  @Field(() => ID, { nullable: true, description: "Its global id." })
  readonly id?: string | null;

  @Field(() => String, { nullable: true, description: "Its domain, however it is written." })
  readonly domain?: string | null;

  @Field(() => String, { nullable: true, description: "Its LinkedIn address, however it is written." })
  readonly linkedinUrl?: string | null;

  @Field(() => String, { nullable: true, description: "Lusha's id for it." })
  readonly lushaCompanyId?: string | null;
}
