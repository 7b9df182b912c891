import { cacheExchange, type Cache, type CacheExchangeOpts, type KeyingConfig } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { Client, fetchExchange } from "@urql/core";
import { getIntrospectionQuery } from "graphql";

type Schema = NonNullable<CacheExchangeOpts["schema"]>;

/** A list begins at either end, and grows from there. */
const pages = relayPagination({ mergeMode: "outwards" });

/** Every connection of the graph. */
export const PAGINATION = {
  Company: { people: pages, recommendations: pages, similarCompanies: pages },
  ICP: { recommendations: pages },
  Person: { recommendations: pages, similarPeople: pages },
  Query: {
    companies: pages,
    icps: pages,
    networkRecommendations: pages,
    people: pages,
    recommendations: pages,
    similarCompanies: pages,
    similarPeople: pages,
  },
  Recommendation: { people: pages },
};

/** What has no id of its own is kept inside what it is a part of; a provider's status goes by the provider. */
export const KEYS: KeyingConfig = {
  ICPCompanyCriteria: () => null,
  ICPPeopleCriteria: () => null,
  Location: () => null,
  ProfileOptions: () => null,
  ProviderIssue: () => null,
  ProviderStatus: ({ provider }) => provider as string,
  RecommendationReason: () => null,
  SafeIntRange: () => null,
  SourceRecord: () => null,
  Spending: () => null,
  UpsertICPPayload: () => null,
  UserError: () => null,
};

/** What a frontend starts with. `warn` is told of what the cache cannot make sense of. */
export function createClient(
  url: string,
  schema: Schema,
  warn: (message: string) => void = console.warn,
  send: typeof fetch = fetch,
): Client {
  const cache = cacheExchange({
    schema,
    logger: (severity, message) => {
      if (severity !== "debug") warn(message);
    },
    globalIDs: true,
    keys: KEYS,
    // An id is a record's key as it stands, so what is held of a node is read without asking.
    resolvers: { ...PAGINATION, Query: { ...PAGINATION.Query, node: (_parent, { id }) => id as string } },
    updates: {
      Mutation: {
        upsertICP: ({ upsertICP }, _args, cache) => {
          const saved = (upsertICP as Saved | null)?.icp;
          if (saved) forgetRecommendations(cache, saved.id);
        },
      },
    },
  });
  return new Client({ url, fetch: send, exchanges: [cache, fetchExchange], preferGetMethod: false });
}

interface Saved {
  readonly icp: { readonly id: string } | null;
}

/** A replaced profile has another list; the old one's cursors lead to its end. */
function forgetRecommendations(cache: Cache, icpId: string): void {
  for (const key of [icpId, "Query"]) {
    for (const { fieldName, arguments: args } of cache.inspectFields(key)) {
      if (fieldName === "recommendations") cache.invalidate(key, fieldName, args);
    }
  }
}

/** What there is in the graph; a build would keep the answer in a file. */
export async function fetchSchema(url: string): Promise<Schema> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: getIntrospectionQuery() }),
  });
  return ((await response.json()) as { readonly data: Schema }).data;
}
