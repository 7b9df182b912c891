import { afterEach, describe, expect, it } from "@jest/globals";
import { present } from "../support/present";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";
import { graphql } from "./documents";

const Save = graphql(`
  mutation Save($input: UpsertICPInput!) {
    upsertICP(input: $input) {
      icp {
        externalUserId
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

const Page = graphql(`
  query Page($user: String, $first: Int, $after: String, $last: Int, $before: String) {
    recommendations(externalUserId: $user, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      issues {
        provider
        code
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      nodes {
        company {
          name
        }
      }
    }
  }
`);

let app: TestApp;
afterEach(() => app.stop());

describe("Query.recommendations", () => {
  it("fetches what is missing, once, and reads the rest from the record", async () => {
    app = await startTestApp({ surfe: { companies: 5 } });
    await app.query(Save, { input: { externalUserId: "u1" } });
    const first = await app.query(Page, { user: "u1", first: 2 });
    const { startCursor, endCursor } = present(first.data.recommendations).pageInfo;
    expect(first).toEqual({
      status: 200,
      data: {
        recommendations: {
          totalCount: null,
          issues: [],
          pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor, endCursor },
          nodes: [{ company: { name: "Surfe" } }, { company: { name: expect.any(String) } }],
        },
      },
    });
    expect(await app.query(Page, { user: "u1", first: 2 })).toEqual(first);
    const rest = await app.query(Page, { user: "u1", first: 10, after: endCursor ?? null });
    expect(rest.data.recommendations?.nodes).toHaveLength(3);
    expect(rest.data.recommendations?.totalCount).toBe(5);
    expect(rest.data.recommendations?.pageInfo.hasNextPage).toBe(false);
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-2", "fetch 1-12"]);
  });
});
