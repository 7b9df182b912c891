import { beforeAll, describe, expect, it } from "@jest/globals";
import { execute, parse, type GraphQLSchema } from "graphql";
import {
  Arg,
  Args,
  ArgsType,
  Authorized,
  buildSchemaSync,
  Ctx,
  Field,
  FieldResolver,
  Info,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
  UseMiddleware,
} from "type-graphql";
import { resolveDirectly } from "../../src/graphql/direct-resolvers";

@ObjectType("Thing", { simpleResolvers: true })
class Thing {
  @Field(() => Int)
  readonly size!: number;
}

@ArgsType()
class Sizes {
  @Field(() => Int, { nullable: true })
  readonly size?: number;
}

@ArgsType()
class CheckedSizes extends Sizes {
  get doubled(): number {
    return 2 * (this.size ?? 0);
  }
}

const seen: string[] = [];

@Resolver(() => Thing)
class ThingResolver {
  private readonly name = "resolver";

  @Query(() => Thing)
  thing(@Args(() => Sizes) { size }: Sizes, @Ctx() { least }: { readonly least: number }): Thing {
    return { size: Math.max(size ?? 0, least) };
  }

  @Query(() => Int)
  doubled(@Args(() => CheckedSizes) sizes: CheckedSizes): number {
    return sizes.doubled;
  }

  @Authorized("admin")
  @Query(() => Int, { nullable: true })
  secret(): number {
    seen.push("secret");
    return 42;
  }

  @UseMiddleware(async (_, next) => {
    seen.push("middleware");
    return next() as Promise<unknown>;
  })
  @Query(() => Int)
  watched(@Arg("size", () => Int) size: number): number {
    return size;
  }

  @FieldResolver(() => String)
  label(
    @Info() { fieldName }: { readonly fieldName: string },
    @Root() thing: Thing,
    @Arg("prefix", () => String, { nullable: true }) prefix: string | null,
    @Ctx("least") least: number,
  ): string {
    return [this.name, fieldName, thing.size, prefix, least].join(" ");
  }
}

let schema: GraphQLSchema;

beforeAll(() => {
  schema = buildSchemaSync({ resolvers: [ThingResolver], validate: false, authChecker: () => false });
  resolveDirectly(schema);
});

const run = (query: string) => execute({ schema, document: parse(query), contextValue: { least: 3 } });

describe("resolveDirectly", () => {
  it("answers at once where TypeGraphQL has nothing to do", () => {
    expect(run('{ thing(size: 7) { size label(prefix: "p") } }')).toEqual({
      data: { thing: { size: 7, label: "resolver label 7 p 3" } },
    });
  });

  it("leaves roles to TypeGraphQL", async () => {
    const { data, errors } = await run("{ secret }");
    expect(data).toEqual({ secret: null });
    expect(errors).toHaveLength(1);
    expect(seen).toEqual([]);
  });

  it("leaves middleware to TypeGraphQL", async () => {
    expect(await run("{ watched(size: 5) }")).toEqual({ data: { watched: 5 } });
    expect(seen).toEqual(["middleware"]);
  });

  it("leaves arguments with methods of their own to TypeGraphQL", async () => {
    expect(await run("{ doubled(size: 5) }")).toEqual({ data: { doubled: 10 } });
  });
});
