import { Field, Int, ObjectType, type ClassType } from "type-graphql";
import { FieldCost } from "../field-cost";
import { ProviderIssueType } from "../provider/provider-issue.type";
import { edgeType } from "./edge.type";
import { PageInfoType } from "./page-info.type";

/** The connection type of a node type, by the Relay specification, with `nodes` beside `edges`. */
export function connectionType(name: string, node: () => ClassType): ClassType {
  const Edge = edgeType(name, node);

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of a list of ${name}.` })
  class ConnectionType {
    @FieldCost({ rows: "rowsOfPage" })
    @Field(() => [Edge], { description: "The rows with their cursors." })
    readonly edges!: unknown[];

    @FieldCost({ rows: "rowsOfPage" })
    @Field(() => [node()], { description: "The rows without their cursors, in the same order." })
    readonly nodes!: unknown[];

    @Field(() => PageInfoType, { description: "Where this page lies in the list." })
    readonly pageInfo!: PageInfoType;

    @Field(() => Int, { nullable: true, description: "Number of rows in the list; null while it is unknown." })
    readonly totalCount!: number | null;
  }
  return ConnectionType;
}

/** The same, with the issues of providers: for lists whose rows come from providers. */
export function providerConnectionType(name: string, node: () => ClassType): ClassType {
  const Connection = connectionType(name, node);

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of a list of ${name}.` })
  class ProviderConnectionType extends Connection {
    @FieldCost({ rows: 4 })
    @Field(() => [ProviderIssueType], {
      description: "Providers that could not contribute to this page, and why. The page has the rows of the others.",
    })
    readonly issues!: ProviderIssueType[];
  }
  return ProviderConnectionType;
}
