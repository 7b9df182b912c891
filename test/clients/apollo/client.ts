import {
  ApolloClient,
  HttpLink,
  InMemoryCache,
  type ApolloCache,
  type FieldReadFunction,
  type PossibleTypesMap,
  type Reference,
} from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";

/** Every connection of the graph. A value of an argument besides those of paging is a list of its own: the key's. */
export const PAGINATION = {
  Company: {
    people: relayStylePagination(),
    recommendations: relayStylePagination(),
    similarCompanies: relayStylePagination(["exclude"]),
  },
  ICP: { recommendations: relayStylePagination(["providers"]) },
  Person: { recommendations: relayStylePagination(), similarPeople: relayStylePagination(["exclude"]) },
  Query: {
    companies: relayStylePagination(["filter"]),
    icps: relayStylePagination(),
    networkRecommendations: relayStylePagination(["country"]),
    people: relayStylePagination(["filter"]),
    recommendations: relayStylePagination(["externalUserId", "providers"]),
    similarCompanies: relayStylePagination(["companies", "exclude"]),
    similarPeople: relayStylePagination(["people", "exclude"]),
  },
  Recommendation: { people: relayStylePagination() },
};

/** What a frontend starts with. Entities are kept by `__typename` and `id`, which is the cache's way unless told. */
export function createClient(url: string, possibleTypes: PossibleTypesMap, send: typeof fetch = fetch): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri: url, fetch: send }),
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: {
        Company: { fields: PAGINATION.Company },
        ICP: { fields: PAGINATION.ICP },
        Person: { fields: PAGINATION.Person },
        Query: { fields: { ...PAGINATION.Query, node: { read: nodeFromCache(possibleTypes) } } },
        Recommendation: { fields: PAGINATION.Recommendation },
      },
    }),
  });
}

/** An id does not tell its type, so the cache is asked for each that it may be. */
function nodeFromCache({ Node = [] }: PossibleTypesMap): FieldReadFunction<Reference, Reference | undefined> {
  return (existing, { args, canRead, toReference }) => {
    const { id } = args as { readonly id: string };
    return existing ?? Node.map((type) => toReference({ __typename: type, id })).find(canRead);
  };
}

/** To be called when a profile was replaced: its list is another one now, and the old one's cursors lead to its end. */
export function forgetRecommendations(cache: ApolloCache, icpId: string): void {
  cache.evict({ id: `ICP:${icpId}`, fieldName: "recommendations" });
  cache.evict({ id: "ROOT_QUERY", fieldName: "recommendations" });
}

/** Which types an interface or union may turn out to be; a build would keep the answer in a file. */
export async function fetchPossibleTypes(url: string): Promise<PossibleTypesMap> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ __schema { types { name possibleTypes { name } } } }" }),
  });
  const { data } = (await response.json()) as IntrospectionAnswer;
  return Object.fromEntries(
    data.__schema.types.flatMap(({ name, possibleTypes }) =>
      possibleTypes ? [[name, possibleTypes.map((type) => type.name)]] : [],
    ),
  );
}

interface IntrospectionAnswer {
  readonly data: {
    readonly __schema: {
      readonly types: readonly {
        readonly name: string;
        readonly possibleTypes: readonly { readonly name: string }[] | null;
      }[];
    };
  };
}
