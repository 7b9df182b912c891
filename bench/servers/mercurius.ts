import fastify from "fastify";
import mercurius from "mercurius";
import { peoplePage, readPage, type HeldRecommendation } from "./held-in-memory";

// Mercurius as its documentation has it, at its fastest: a schema in SDL, resolvers only where there is something to
// resolve, compiled at the first run.

interface PageArguments {
  readonly externalUserId?: string;
  readonly first?: number;
  readonly after?: string | null;
}

const schema = /* GraphQL */ `
  type Company {
    id: ID!
    name: String
    domain: String
    industries: [String!]!
    employeeCount: Int
  }

  type Person {
    id: ID!
    fullName: String
    jobTitle: String
    linkedinUrl: String
  }

  type PersonConnection {
    nodes: [Person!]!
  }

  type Recommendation {
    id: ID!
    score: Int
    company: Company
    people(first: Int): PersonConnection!
  }

  type RecommendationEdge {
    cursor: String!
    node: Recommendation!
  }

  type PageInfo {
    hasNextPage: Boolean!
    endCursor: String
  }

  type RecommendationConnection {
    pageInfo: PageInfo!
    edges: [RecommendationEdge!]!
  }

  type Query {
    recommendations(externalUserId: String, first: Int, after: String): RecommendationConnection
  }
`;

const resolvers = {
  Query: {
    recommendations: (_: unknown, { externalUserId, first, after }: PageArguments) =>
      readPage(externalUserId, first, after),
  },
  Recommendation: {
    people: ({ people }: HeldRecommendation, { first }: { first?: number }) => peoplePage(people, first),
  },
};

async function main(): Promise<void> {
  const app = fastify();
  await app.register(mercurius, { schema, resolvers, jit: 1 });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  process.stdout.write(`${JSON.stringify({ url: `${address}/graphql` })}\n`);
}

void main();
