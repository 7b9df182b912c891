import { Field, ObjectType, type ClassType } from "type-graphql";

/** The edge type of a node type. */
export function edgeType(name: string, node: () => ClassType): ClassType {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One ${name} and its place in the list.` })
  class EdgeType {
    @Field(() => String, {
      description: "This place in the list, for `after` and `before`. A cursor always means the same place.",
    })
    readonly cursor!: string;

    @Field(node, { description: `The ${name}.` })
    readonly node!: unknown;
  }
  return EdgeType;
}
