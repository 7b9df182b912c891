import { Directive, Field, ObjectType } from "type-graphql";
import type { Range } from "../../domain/profile";
import { connectionType } from "../connection/connection.type";
import { FieldCost } from "../field-cost";
import { NodeType } from "../node/node.type";
import { DateTime, JsonObject, SafeInt } from "../scalars";

@ObjectType("SafeIntRange", { simpleResolvers: true, description: "A range, both ends inclusive; null: no limit." })
export class SafeIntRangeType implements Range {
  @Field(() => SafeInt, { nullable: true, description: "Minimum, inclusive; null: no minimum." })
  readonly from!: number | null;

  @Field(() => SafeInt, { nullable: true, description: "Maximum, inclusive; null: no maximum." })
  readonly to!: number | null;
}

@ObjectType("ICPCompanyCriteria", {
  simpleResolvers: true,
  description: "Which companies; empty lists do not restrict.",
})
export class IcpCompanyCriteriaType {
  @Field(() => SafeIntRangeType, { nullable: true, description: "Persons employed." })
  readonly employeeCount!: SafeIntRangeType | null;

  @FieldCost({ rows: 10 })
  @Field(() => [String], { description: "Industries, as the provider words them." })
  readonly industries!: string[];

  @FieldCost({ rows: 10 })
  @Field(() => [String], { description: "ISO 3166 alpha-2 codes or world regions such as W-EMEA, upper case." })
  readonly primaryLocations!: string[];

  @Field(() => SafeIntRangeType, { nullable: true, description: "US dollars a year." })
  readonly revenue!: SafeIntRangeType | null;
}

@ObjectType("ICPPeopleCriteria", {
  simpleResolvers: true,
  description: "Which people there; empty lists do not restrict.",
})
export class IcpPeopleCriteriaType {
  @FieldCost({ rows: 10 })
  @Field(() => [String], { description: "ISO 3166 alpha-2 codes or world regions such as W-EMEA, upper case." })
  readonly countries!: string[];

  @FieldCost({ rows: 10 })
  @Field(() => [String], { description: "Departments, as the provider words them." })
  readonly departments!: string[];

  @FieldCost({ rows: 10 })
  @Field(() => [String], { description: "Job titles." })
  readonly jobTitles!: string[];

  @FieldCost({ rows: 10 })
  @Field(() => [String], { description: "Seniorities, as the provider words them, e.g. C-Level, Director." })
  readonly seniorities!: string[];
}

@Directive('@key(fields: "id")')
@ObjectType("ICP", {
  simpleResolvers: true,
  implements: NodeType,
  description: "An ideal customer profile: whom to look for. Its id stays the same when it is replaced.",
})
export class IcpType extends NodeType {
  @Field(() => String, {
    nullable: true,
    description: "Whose it is, by your own name for them; null for the authenticated user's own.",
  })
  readonly externalUserId!: string | null;

  @Field(() => String, { nullable: true, description: "Surfe's own id of it; null until Surfe has it." })
  readonly providerId!: string | null;

  @Field(() => IcpCompanyCriteriaType, { description: "Which companies." })
  readonly companies!: IcpCompanyCriteriaType;

  @Field(() => IcpPeopleCriteriaType, { description: "Which people there." })
  readonly people!: IcpPeopleCriteriaType;

  @Field(() => JsonObject, {
    nullable: true,
    description: "Surfe's filters that have no field here, as they were given; null where there are none.",
  })
  readonly surfe!: Readonly<Record<string, unknown>> | null;

  @Field(() => DateTime, { description: "When it was first saved." })
  readonly createdAt!: Date;

  @Field(() => DateTime, { description: "When it was last replaced." })
  readonly updatedAt!: Date;
}

export const IcpConnectionType = connectionType("ICP", () => IcpType);
