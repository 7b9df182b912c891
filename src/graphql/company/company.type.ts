import { Directive, Field, Int, ObjectType } from "type-graphql";
import { providerConnectionType } from "../connection/connection.type";
import { FieldCost } from "../field-cost";
import { NodeType } from "../node/node.type";
import { LocationType } from "./location.type";
import { SourceRecordType } from "./source-record.type";

@Directive('@key(fields: "id")')
@Directive('@key(fields: "domain")')
@Directive('@key(fields: "linkedinUrl")')
@ObjectType("Company", {
  simpleResolvers: true,
  implements: NodeType,
  description: "One company: the data of all providers, merged.",
})
export class CompanyType extends NodeType {
  @Field(() => String, { nullable: true, description: "Its name." })
  readonly name!: string | null;

  @Field(() => String, { nullable: true, description: "Registrable domain, lower case, without www." })
  readonly domain!: string | null;

  @Field(() => String, { nullable: true, description: "https://www.linkedin.com/company/<slug>" })
  readonly linkedinUrl!: string | null;

  @Field(() => String, { nullable: true, description: "Description, in a provider's words." })
  readonly description!: string | null;

  @Field(() => String, { nullable: true, description: "Address of its logo, at a provider's host." })
  readonly logoUrl!: string | null;

  @FieldCost({ rows: 5 })
  @Field(() => [String], { description: "Industries, as the provider words them." })
  readonly industries!: string[];

  @FieldCost({ rows: 20 })
  @Field(() => [String], { description: "Keywords that describe it." })
  readonly keywords!: string[];

  @FieldCost({ rows: 20 })
  @Field(() => [String], { description: "Technologies it uses." })
  readonly technologies!: string[];

  @FieldCost({ rows: 10 })
  @Field(() => [String], { description: "Business functions." })
  readonly functions!: string[];

  @Field(() => Int, {
    nullable: true,
    description: "Persons employed. May contradict `employeeRange`: both are kept as given.",
  })
  readonly employeeCount!: number | null;

  @Field(() => String, { nullable: true, description: 'Persons employed, as the provider words it, e.g. "51-200".' })
  readonly employeeRange!: string | null;

  @Field(() => Int, { nullable: true, description: "Year of foundation." })
  readonly yearFounded!: number | null;

  @Field(() => LocationType, {
    nullable: true,
    description: "The address that a provider calls headquarters; otherwise the primary location.",
  })
  readonly headquarters!: LocationType | null;

  @FieldCost({ rows: 5 })
  @Field(() => [LocationType], { description: "All its known addresses." })
  readonly locations!: LocationType[];

  @FieldCost({ rows: 5 })
  @Field(() => [SourceRecordType], { description: "Which provider said what, and when." })
  readonly sources!: SourceRecordType[];
}

export const CompanyConnectionType = providerConnectionType("Company", () => CompanyType);
