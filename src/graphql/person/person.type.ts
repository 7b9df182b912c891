import { Directive, Field, ObjectType } from "type-graphql";
import { SourceRecordType } from "../company/source-record.type";
import { FieldCost } from "../field-cost";
import { NodeType } from "../node/node.type";
import { providerConnectionType } from "../connection/connection.type";

@Directive('@key(fields: "id")')
@Directive('@key(fields: "linkedinUrl")')
@ObjectType("Person", {
  simpleResolvers: true,
  implements: NodeType,
  description: "One person: the data of all providers, merged.",
})
export class PersonType extends NodeType {
  @Field(() => String, { nullable: true, description: "First and last name together." })
  readonly fullName!: string | null;

  @Field(() => String, { nullable: true, description: "First name." })
  readonly firstName!: string | null;

  @Field(() => String, { nullable: true, description: "Last name." })
  readonly lastName!: string | null;

  @Field(() => String, { nullable: true, description: "The free text under the name on LinkedIn." })
  readonly headline!: string | null;

  @Field(() => String, { nullable: true, description: "Job title." })
  readonly jobTitle!: string | null;

  @Field(() => String, { nullable: true, description: "What they do there." })
  readonly jobDescription!: string | null;

  @Field(() => String, { nullable: true, description: "Summary of their profile, in their own words." })
  readonly summary!: string | null;

  @FieldCost({ rows: 3 })
  @Field(() => [String], { description: "Departments they work in." })
  readonly departments!: string[];

  @FieldCost({ rows: 3 })
  @Field(() => [String], { description: "Seniorities, as the provider words them, e.g. C-Level, Director." })
  readonly seniorities!: string[];

  @Field(() => Boolean, { nullable: true, description: "Whether a provider calls them a decision maker." })
  readonly isDecisionMaker!: boolean | null;

  @FieldCost({ rows: 3 })
  @Field(() => [String], { description: "E-mail addresses." })
  readonly emails!: string[];

  @Field(() => String, {
    nullable: true,
    description: "ISO 3166 alpha-2, upper case, where the country was recognised; otherwise the provider's own words.",
  })
  readonly country!: string | null;

  @Field(() => String, { nullable: true, description: "Where they live, in a provider's words." })
  readonly location!: string | null;

  @Field(() => String, { nullable: true, description: "https://www.linkedin.com/in/<slug>" })
  readonly linkedinUrl!: string | null;

  @FieldCost({ rows: 5 })
  @Field(() => [SourceRecordType], { description: "Which provider said what, and when." })
  readonly sources!: SourceRecordType[];
}

export const PersonConnectionType = providerConnectionType("Person", () => PersonType);
