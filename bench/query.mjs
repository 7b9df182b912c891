/** The one query of the whole bench: a page of companies, some people of each. Every server answers it. */
export const QUERY = /* GraphQL */ `
  query Page($user: String, $first: Int, $people: Int, $after: String) {
    recommendations(externalUserId: $user, first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          id
          score
          company {
            id
            name
            domain
            industries
            employeeCount
          }
          people(first: $people) {
            nodes {
              id
              fullName
              jobTitle
              linkedinUrl
            }
          }
        }
      }
    }
  }
`;

const SAVE_PROFILE = /* GraphQL */ `
  mutation Save($user: String) {
    upsertICP(input: { externalUserId: $user }) {
      icp {
        id
      }
    }
  }
`;

export const USER = "bench";

/** The body of a request for a page. @param {{ first: number, people: number, after: string | null }} page */
export function pageBody(page) {
  return JSON.stringify({ query: QUERY, variables: { user: USER, ...page } });
}

/** @param {string} url @param {{ first: number, people: number, after: string | null }} page */
export async function readPage(url, page) {
  return JSON.parse(await askText(url, pageBody(page))).data.recommendations;
}

/** Saves the profile whose recommendations are read. @param {string} url @param {Record<string, string>} headers */
export async function saveProfile(url, headers = {}) {
  await askText(url, JSON.stringify({ query: SAVE_PROFILE, variables: { user: USER } }), headers);
}

/**
 * The answer as it came.
 *
 * @param {string} url @param {string} body @param {Record<string, string>} headers
 * @throws where it has errors
 */
export async function askText(url, body, headers = {}) {
  const sent = { "content-type": "application/json", ...headers };
  const response = await fetch(url, { method: "POST", headers: sent, body });
  const text = await response.text();
  if (response.status !== 200 || "errors" in JSON.parse(text))
    throw new Error(`${url} answered ${response.status}: ${text}`);
  return text;
}
