import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { connectionPolicy } from "./connection-policy";
import { REQUEST_HEADERS, sendRequest } from "./requests";

/**
 * A client of the graph at `uri`, which sends the key of the page. Ids are global, so the same company is the same object
 * wherever it comes up.
 *
 * @param observer sees every answer, with its extensions: the hooks of Apollo Client do not have those.
 */
export function createClient(uri: string, observer: ApolloLink): ApolloClient {
  const http = new HttpLink({ uri, headers: REQUEST_HEADERS, fetch: sendRequest });
  return new ApolloClient({ link: ApolloLink.from([observer, http]), cache: createCache() });
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
