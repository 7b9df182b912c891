import { Directive, Field, ObjectType } from "type-graphql";

@Directive("@shareable")
@ObjectType("PageInfo", {
  simpleResolvers: true,
  description: "Where a page lies in its list. Exact in both directions.",
})
export class PageInfoType {
  @Field(() => Boolean, { description: "Whether there is, or may be, a row after the last of this page." })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether there is a row before the first of this page." })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first row; null on an empty page." })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last row; null on an empty page." })
  readonly endCursor!: string | null;
}
