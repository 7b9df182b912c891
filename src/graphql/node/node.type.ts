import { Field, ID, InterfaceType } from "type-graphql";

@InterfaceType("Node", { description: "Anything that has a global id, by which it can be read again." })
export abstract class NodeType {
  @Field(() => ID, { description: "Opaque and global: an entity has the same id everywhere, and it never changes." })
  readonly id!: string;
}
