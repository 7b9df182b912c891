import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { pageKey } from "../../../playground/key/page-key";
import { connectionPolicy } from "./connection-policy";

/** A client of the graph at `uri`, which sends the key of the page. Ids are global, so the same company is the same object wherever it comes up. */
export function createClient(uri: string): ApolloClient {
  return new ApolloClient({ link: new HttpLink({ uri, fetch: pageKey.fetch }), cache: createCache() });
}

function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          icps: connectionPolicy(),
          recommendations: connectionPolicy(["externalUserId", "providers"]),
        },
      },
      Company: {
        fields: {
          people: connectionPolicy(),
          headquarters: { merge: true },
          sources: { merge: false },
        },
      },
      Person: { fields: { sources: { merge: false } } },
      Recommendation: { fields: { reasons: { merge: false } } },
      // a provider has one status, whatever it is called with
      ProviderStatus: { keyFields: ["provider"] },
    },
  });
}
