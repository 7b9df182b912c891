import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../context";
import { FieldCost } from "../field-cost";
import { nodeById } from "./node-by-id";
import { NodeType } from "./node.type";

@Resolver()
export class NodeQueries {
  @Query(() => NodeType, { nullable: true, description: "Anything by its global id; null where the id is unknown." })
  node(
    @Arg("id", () => ID, { description: "A global id." }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<unknown> {
    return nodeById(id, context);
  }

  @FieldCost({ rows: { listedBy: "ids" } })
  @Query(() => [NodeType], {
    nullable: "items",
    description: "Several nodes by their global ids, in the order of `ids`; an unknown id is null, never an error.",
  })
  nodes(
    @Arg("ids", () => [ID], { description: "Global ids." }) ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<unknown> {
    return Promise.all(ids.map((id) => nodeById(id, context)));
  }
}
