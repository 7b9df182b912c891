import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { ApolloGateway, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { jest } from "@jest/globals";
import pino from "pino";

/** What a gateway answers, whole. */
interface Answer {
  readonly status: number;
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}

/** A gateway on loopback. */
export interface Gateway {
  ask(text: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  stop(): Promise<void>;
}

const LOGIN_TOKEN = "x-linkup-login-token";

/** What is used of `@graphql-hive/gateway-runtime`. Its own types would bring a browser's globals into all of ours. */
interface HiveGatewayRuntime {
  readonly createGatewayRuntime: (options: {
    readonly supergraph: string;
    readonly logging: boolean;
    readonly transports: Readonly<Record<"http", { readonly getSubgraphExecutor: (subgraph: Subgraph) => unknown }>>;
    readonly propagateHeaders: {
      readonly fromClientToSubgraphs: (call: {
        readonly request: Request;
        readonly subgraphName: string;
      }) => Readonly<Record<string, string | null>>;
    };
  }) => RequestListener & { dispose(): Promise<void> };
}

interface Subgraph {
  readonly transportEntry: { readonly location: string };
}

/** Likewise of `@graphql-tools/executor-http`. */
interface HttpExecutor {
  readonly buildHTTPExecutor: (options: { readonly endpoint: string }) => unknown;
}

const { createGatewayRuntime } = jest.requireActual<HiveGatewayRuntime>("@graphql-hive/gateway-runtime");
const { buildHTTPExecutor } = jest.requireActual<HttpExecutor>("@graphql-tools/executor-http");

/** How a subgraph is asked: what the gateway's program brings and its library leaves out. */
const getSubgraphExecutor = ({ transportEntry }: Subgraph): unknown =>
  buildHTTPExecutor({ endpoint: transportEntry.location });

/** Sends on the caller's LinkedIn session to Tributary alone, as docs/federation.md shows. */
export async function startHiveGateway(supergraph: string): Promise<Gateway> {
  const gateway = createGatewayRuntime({
    supergraph,
    logging: false,
    transports: { http: { getSubgraphExecutor } },
    propagateHeaders: {
      fromClientToSubgraphs: ({ request, subgraphName }) =>
        subgraphName === "tributary" ? { [LOGIN_TOKEN]: request.headers.get(LOGIN_TOKEN) } : {},
    },
  });
  const server = createServer(gateway);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ask: asking(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/graphql`),
    stop: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await gateway.dispose();
    },
  };
}

/** Likewise. */
export async function startApolloGateway(supergraph: string): Promise<Gateway> {
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    logger: pino({ level: "silent" }),
    buildService: ({ name, url }) =>
      new RemoteGraphQLDataSource<{ readonly loginToken?: string }>({
        url: url ?? "",
        willSendRequest: ({ request, context }) => {
          const loginToken: unknown = context.loginToken;
          if (name === "tributary" && typeof loginToken === "string")
            request.http?.headers.set(LOGIN_TOKEN, loginToken);
        },
      }),
  });
  const server = new ApolloServer<{ readonly loginToken?: string }>({
    gateway,
    logger: pino({ level: "silent" }),
    stopOnTerminationSignals: false,
  });
  const { url } = await startStandaloneServer(server, {
    listen: { host: "127.0.0.1", port: 0 },
    context: ({ req }) => {
      const loginToken = req.headers[LOGIN_TOKEN];
      return Promise.resolve(typeof loginToken === "string" ? { loginToken } : {});
    },
  });
  return { ask: asking(url), stop: () => server.stop() };
}

function asking(url: string): Gateway["ask"] {
  return async (query, headers = {}) => {
    const body = JSON.stringify({ query });
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    return { status: response.status, ...((await response.json()) as Omit<Answer, "status">) };
  };
}
