import { Field, ID, InterfaceType } from "type-graphql";

@InterfaceType("Node", { description: "Anything that has a global id, by which it can be read again." })
export abstract class NodeType {
  @Field(() => ID, { description: "Opaque and global: the same entity has the same id everywhere, and for ever." })
  readonly id!: string;
}
