import "reflect-metadata";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Arg, buildSchema, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Root } from "type-graphql";
import { peoplePage, readPage, type HeldRecommendation } from "./held-in-memory";

// Apollo Server and TypeGraphQL as the first pages of their documentation have it: classes, resolvers, buildSchema,
// startStandaloneServer.

@ObjectType()
class Company {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  name!: string | null;

  @Field(() => String, { nullable: true })
  domain!: string | null;

  @Field(() => [String])
  industries!: string[];

  @Field(() => Int, { nullable: true })
  employeeCount!: number | null;
}

@ObjectType()
class Person {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  fullName!: string | null;

  @Field(() => String, { nullable: true })
  jobTitle!: string | null;

  @Field(() => String, { nullable: true })
  linkedinUrl!: string | null;
}

@ObjectType()
class PersonConnection {
  @Field(() => [Person])
  nodes!: readonly Person[];
}

@ObjectType()
class Recommendation {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { nullable: true })
  score!: number | null;

  @Field(() => Company, { nullable: true })
  company!: Company | null;
}

@ObjectType()
class RecommendationEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => Recommendation)
  node!: Recommendation;
}

@ObjectType()
class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

@ObjectType()
class RecommendationConnection {
  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => [RecommendationEdge])
  edges!: RecommendationEdge[];
}

@Resolver(() => Recommendation)
class RecommendationResolver {
  @Query(() => RecommendationConnection, { nullable: true })
  recommendations(
    @Arg("externalUserId", () => String, { nullable: true }) externalUserId?: string,
    @Arg("first", () => Int, { nullable: true }) first?: number,
    @Arg("after", () => String, { nullable: true }) after?: string,
  ): RecommendationConnection | Promise<RecommendationConnection> {
    return readPage(externalUserId, first, after);
  }

  @FieldResolver(() => PersonConnection)
  people(
    @Root() { people }: HeldRecommendation,
    @Arg("first", () => Int, { nullable: true }) first?: number,
  ): PersonConnection {
    return peoplePage(people, first);
  }
}

async function main(): Promise<void> {
  const schema = await buildSchema({ resolvers: [RecommendationResolver] });
  const { url } = await startStandaloneServer(new ApolloServer({ schema }), { listen: { host: "127.0.0.1", port: 0 } });
  process.stdout.write(`${JSON.stringify({ url })}\n`);
}

void main();
