import type { IncomingHttpHeaders } from "node:http";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { GraphQLError, parse, type DocumentNode } from "graphql";
import pino from "pino";

/** As somebody's CRM might have it, with Relay connections of its own. It knows nothing of Tributary but the keys. */
const TYPE_DEFS = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])

  type Query {
    accounts(first: Int, after: String): AccountConnection!
    node(id: ID!): Node
  }

  interface Node { id: ID! }

  type PageInfo @shareable {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }

  type AccountConnection { edges: [AccountEdge!]! nodes: [Account!]! pageInfo: PageInfo! }
  type AccountEdge { cursor: String! node: Account! }

  type Account implements Node @key(fields: "id") {
    id: ID!
    name: String!
    owner: String
    company: Company
    contact: Person
  }

  type Company @key(fields: "domain") {
    domain: String
    account: Account
  }

  type Person @key(fields: "linkedinUrl", resolvable: false) {
    linkedinUrl: String
  }
`);

interface Account {
  readonly id: string;
  readonly name: string;
  readonly domain: string | null;
  readonly contact: string | null;
}

const ACCOUNTS: readonly Account[] = [
  { id: "1", name: "Surfe SAS", domain: "www.Surfe.com", contact: "linkedin.com/in/JohnDoe" },
  { id: "2", name: "Nowhere Ltd", domain: "nowhere.example", contact: "linkedin.com/in/nobody" },
  { id: "3", name: "Corner shop", domain: null, contact: null },
  { id: "4", name: "Lantern", domain: "https://lanternpeople.com/about", contact: null },
];

/** A CRM on loopback. */
export interface Crm {
  readonly url: string;
  readonly typeDefs: DocumentNode;
  /** The headers of every request, in order. */
  readonly headers: IncomingHttpHeaders[];
  /** Has it refuse to tell the owner of these accounts. */
  refuseOwnersOf(ids: readonly string[]): void;
  stop(): Promise<void>;
}

export async function startCrm(): Promise<Crm> {
  let refused: readonly string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const owner = ({ id }: Account): string => {
    if (!refused.includes(id)) return "Ada";
    throw new GraphQLError("The owner is a secret.", { extensions: { code: "CRM_FORBIDDEN" } });
  };
  const server = new ApolloServer({
    schema: buildSubgraphSchema({
      typeDefs: TYPE_DEFS,
      resolvers: {
        Query: { accounts: () => pageOf(ACCOUNTS) },
        Account: {
          owner,
          company: ({ domain }: Account) => domain && { domain },
          contact: ({ contact }: Account) => contact && { linkedinUrl: contact },
        },
        Company: {
          __resolveReference: ({ domain }: { readonly domain: string }) => ({ domain }),
          account: ({ domain }: { readonly domain: string }) =>
            ACCOUNTS.find((account) => account.domain?.toLowerCase().includes(domain)) ?? null,
        },
      },
    }),
    logger: pino({ level: "silent" }),
    stopOnTerminationSignals: false,
  });
  const { url } = await startStandaloneServer(server, {
    listen: { host: "127.0.0.1", port: 0 },
    context: ({ req }) => {
      headers.push(req.headers);
      return Promise.resolve({});
    },
  });
  return {
    url,
    typeDefs: TYPE_DEFS,
    headers,
    refuseOwnersOf: (ids) => {
      refused = ids;
    },
    stop: () => server.stop(),
  };
}

function pageOf(nodes: readonly Account[]): object {
  const edges = nodes.map((node) => ({ node, cursor: node.id }));
  const [startCursor, endCursor] = [edges[0]?.cursor, edges.at(-1)?.cursor];
  return { nodes, edges, pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor, endCursor } };
}
