import { ArgsType, Field, Int } from "type-graphql";
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, type PageArgs } from "../../relay/page-args";

/** The four arguments of every connection. */
@ArgsType()
export class PageArgsType implements PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `How many from the front: 0 to ${MAX_PAGE_SIZE}. Neither \`first\` nor \`last\` means ${DEFAULT_PAGE_SIZE}.`,
  })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: "A cursor: the page begins after it." })
  readonly after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many from the back: 0 to ${MAX_PAGE_SIZE}. Needs \`before\` until the list's end is known.`,
  })
  readonly last?: number | null;

  @Field(() => String, { nullable: true, description: "A cursor: the page ends before it." })
  readonly before?: string | null;
}
