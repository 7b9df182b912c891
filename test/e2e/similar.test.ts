import { afterEach, describe, expect, it } from "@jest/globals";
import { startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";
import { present } from "../support/present";
import { graphql } from "./documents";

const SimilarCompanies = graphql(`
  query SimilarCompanies(
    $companies: [CompanyReferenceInput!]!
    $exclude: [CompanyReferenceInput!]
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    similarCompanies(
      companies: $companies
      exclude: $exclude
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      issues {
        provider
        code
        message
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      nodes {
        provider
        providers
        reasons {
          type
        }
        company {
          id
          name
        }
      }
    }
  }
`);

const SimilarPeople = graphql(`
  query SimilarPeople($people: [PersonReferenceInput!]!, $exclude: [PersonReferenceInput!], $first: Int) {
    similarPeople(people: $people, exclude: $exclude, first: $first) {
      issues {
        code
      }
      nodes {
        person {
          id
          company {
            id
            similarCompanies(first: 2) {
              nodes {
                id
              }
              issues {
                code
              }
            }
          }
          similarPeople(first: 2) {
            nodes {
              id
            }
            issues {
              code
            }
          }
        }
      }
    }
  }
`);

const SearchedThenSimilar = graphql(`
  query SearchedThenSimilar {
    companies(first: 1) {
      nodes {
        similarCompanies(first: 2) {
          totalCount
          nodes {
            id
          }
          pageInfo {
            hasNextPage
            hasPreviousPage
          }
          issues {
            provider
            code
            message
          }
        }
      }
    }
    people(first: 1) {
      nodes {
        similarPeople(first: 2) {
          nodes {
            id
          }
          issues {
            provider
            code
            message
          }
        }
      }
    }
  }
`);

const SEED = { lushaCompanyId: "6504" };

let app: TestApp;
afterEach(() => app.stop());

async function start(options: TestAppOptions = {}): Promise<void> {
  app = await startTestApp({ providers: ["LUSHA"], lusha: { setSize: 12 }, ...options });
}

const limits = () =>
  app.lusha.control.calls().map(({ path, body }) => [path, (body as { readonly limit: number }).limit]);

async function page(variables: { first?: number; after?: string; last?: number; before?: string }) {
  const { data, errors } = await app.query(SimilarCompanies, { companies: [SEED], ...variables });
  if (errors) throw new Error(JSON.stringify(errors));
  return present(data.similarCompanies);
}

describe("Query.similarCompanies", () => {
  it("is paged forward and back over what was bought once", async () => {
    await start();
    const one = await page({ first: 4 });
    expect(one).toEqual({
      totalCount: null,
      issues: [],
      pageInfo: {
        hasNextPage: true,
        hasPreviousPage: false,
        startCursor: expect.any(String),
        endCursor: expect.any(String),
      },
      nodes: Array.from({ length: 4 }, () => ({
        provider: "LUSHA",
        providers: ["LUSHA"],
        reasons: [],
        company: { id: expect.any(String), name: expect.any(String) },
      })),
    });
    const two = await page({ first: 20, after: present(one.pageInfo.endCursor) });
    expect(two).toMatchObject({ totalCount: 12, pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    expect(two.nodes).toHaveLength(8);
    const back = await page({ last: 2, before: present(two.pageInfo.startCursor) });
    expect(back.nodes).toEqual(one.nodes.slice(2));
    expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    expect((await page({ last: 3 })).nodes).toEqual(two.nodes.slice(5));
    expect(limits()).toEqual([
      ["/api/recommendations/companies", 5],
      ["/api/recommendations/companies", 19],
      ["/api/recommendations/companies", 12],
    ]);
    expect(app.lusha.control.charged()).toBe(12);
  });

  it("refuses a cursor of other seeds", async () => {
    await start();
    const { pageInfo } = await page({ first: 2 });
    const { data, errors } = await app.query(SimilarCompanies, {
      companies: [{ lushaCompanyId: "6578" }],
      first: 2,
      after: present(pageInfo.endCursor),
    });
    expect(data).toEqual({ similarCompanies: null });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: "CURSOR_INVALID" }]);
    expect(limits()).toHaveLength(1);
  });

  it.each([
    [{ companies: [] }, "`companies` takes 1 to 100 references, but has 0."],
    [
      { companies: [{ lushaCompanyId: "6504", domain: "surfe.com" }] },
      /^`companies\[0\]`: Name the company in exactly one way/,
    ],
    [{ companies: [{ domain: "github.io" }] }, /^`companies\[0\]`: "github.io" is not a company's domain/],
    [{ companies: [SEED], first: 101 }, /first/],
    [{ companies: [SEED], last: 2 }, /last/],
  ])("refuses %j without a call", async (variables, message) => {
    await start();
    const { data, errors } = await app.query(SimilarCompanies, variables);
    expect(data).toEqual({ similarCompanies: null });
    expect(errors).toEqual([
      {
        message: typeof message === "string" ? message : expect.stringMatching(message),
        locations: expect.any(Array),
        path: ["similarCompanies"],
        extensions: { code: "BAD_USER_INPUT" },
      },
    ]);
    expect(limits()).toEqual([]);
  });

  it.each([
    [{ companies: [SEED, { domain: "unknown.com" }] }, "companies[1]"],
    [{ companies: [SEED], exclude: [{ domain: "unknown.com" }] }, "exclude[0]"],
  ])("says that Lusha cannot serve %j, without a call", async (variables, place) => {
    await start();
    const message = `\`${place}\` cannot be identified at Lusha. Give Lusha's own ids, or something that Lusha has returned before.`;
    const told = { provider: "LUSHA", code: "PROVIDER_CANNOT_SERVE" };
    expect(await app.query(SimilarCompanies, variables)).toEqual({
      status: 200,
      data: { similarCompanies: null },
      errors: [
        {
          message,
          locations: expect.any(Array),
          path: ["similarCompanies"],
          extensions: { ...told, retryable: false, issues: [{ ...told, message, retryAfter: null }] },
        },
      ],
    });
    expect(limits()).toEqual([]);
  });

  it("takes whatever leads to a Lusha id through what is recorded", async () => {
    await start();
    const [first] = (await page({ first: 1 })).nodes;
    const { data } = await app.query(SimilarCompanies, { companies: [{ id: present(first?.company).id }], first: 1 });
    expect(data.similarCompanies?.nodes).toHaveLength(1);
    expect(limits()).toHaveLength(2);
  });

  it("is PROVIDER_NOT_CONFIGURED where Lusha has no key", async () => {
    app = await startTestApp();
    const { data, errors } = await app.query(SimilarCompanies, { companies: [SEED] });
    expect(data).toEqual({ similarCompanies: null });
    expect(errors?.map(({ extensions }) => extensions)).toMatchObject([
      { code: "PROVIDER_NOT_CONFIGURED", provider: "LUSHA", retryable: false },
    ]);
  });
});

describe("Query.similarPeople", () => {
  it("leads on to people like one, and companies like theirs", async () => {
    await start({ env: { MAX_PROVIDER_CALLS: "50" } });
    const people = [{ lusha: { personId: "675851474", companyId: "6504" } }];
    const { data, errors } = await app.query(SimilarPeople, { people, first: 1 });
    expect(errors).toBeUndefined();
    const two = { nodes: [{ id: expect.any(String) }, { id: expect.any(String) }], issues: [] };
    expect(data).toEqual({
      similarPeople: {
        issues: [],
        nodes: [
          {
            person: {
              id: expect.any(String),
              company: { id: expect.any(String), similarCompanies: two },
              similarPeople: two,
            },
          },
        ],
      },
    });
    expect(limits().sort()).toEqual([
      ["/api/recommendations/companies", 5],
      ["/api/recommendations/contacts", 5],
      ["/api/recommendations/contacts", 5],
    ]);
    expect(app.lusha.control.charged()).toBe(15);
  });

  it("names a seed that leads nowhere", async () => {
    await start();
    const { errors } = await app.query(SimilarPeople, {
      people: [{ linkedinUrl: "https://www.linkedin.com/in/nobody" }],
      first: 1,
    });
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/^`people\[0\]` cannot be identified/),
        extensions: { code: "PROVIDER_CANNOT_SERVE" },
      },
    ]);
    expect(limits()).toEqual([]);
  });
});

describe("lookalikes of one company", () => {
  it("leave out those that are named", async () => {
    await start();
    const seed = await app.query(SimilarCompanies, { companies: [SEED], first: 1 });
    const id = present(seed.data.similarCompanies?.nodes[0]?.company).id;
    const text = `query ($id: ID!, $exclude: [CompanyReferenceInput!]) {
      node(id: $id) { ... on Company { similarCompanies(exclude: $exclude, first: 3) { nodes { company { id } } issues { code } } } }
    }`;
    interface Data {
      readonly node: {
        readonly similarCompanies: { readonly nodes: readonly { readonly company: { readonly id: string } }[] };
      };
    }
    const all = (await app.send(text, { id })).data as Data;
    const left = present(all.node.similarCompanies.nodes[0]).company;
    const fewer = (await app.send(text, { id, exclude: [{ id: left.id }] })).data as Data;
    expect(fewer.node.similarCompanies.nodes).toHaveLength(3);
    expect(fewer.node.similarCompanies.nodes).not.toContainEqual({ company: left });
    const unknown = await app.send(text, { id, exclude: [{ domain: "unknown.com" }] });
    expect(unknown.errors?.map(({ message, extensions }) => [message.slice(0, 12), extensions.code])).toEqual([
      ["`exclude[0]`", "PROVIDER_CANNOT_SERVE"],
    ]);
  });
});

describe("what Lusha has no name for", () => {
  it("has an empty page, with an issue that says so", async () => {
    await start({ providers: ["LUSHA", "LETRICS"], letrics: { companies: 60 } });
    const { data, errors } = await app.query(SearchedThenSimilar);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      companies: {
        nodes: [
          {
            similarCompanies: {
              totalCount: 0,
              nodes: [],
              pageInfo: { hasNextPage: false, hasPreviousPage: false },
              issues: [
                {
                  provider: "LUSHA",
                  code: "PROVIDER_CANNOT_SERVE",
                  message: "Lusha cannot identify this company: it has never returned it.",
                },
              ],
            },
          },
        ],
      },
      people: {
        nodes: [
          {
            similarPeople: {
              nodes: [],
              issues: [
                {
                  provider: "LUSHA",
                  code: "PROVIDER_CANNOT_SERVE",
                  message: "Lusha cannot identify this person: it has never returned it.",
                },
              ],
            },
          },
        ],
      },
    });
    expect(limits()).toEqual([]);
  });
});
