import { afterEach, describe, expect, it } from "@jest/globals";
import { present } from "../support/present";
import { startTestApp, type TestApp } from "../support/test-app";
import { graphql } from "./documents";

const SaveSeedProfile = graphql(`
  mutation SaveSeedProfile($input: UpsertICPInput!) {
    upsertICP(input: $input) {
      clientMutationId
      icp {
        __typename
        id
        externalUserId
        companies {
          employeeCount {
            from
            to
          }
          industries
          primaryLocations
          revenue {
            from
            to
          }
        }
        people {
          countries
          departments
          jobTitles
          seniorities
        }
        exampleCompanies {
          id
        }
        examplePeople {
          id
        }
        createdAt
        updatedAt
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

const SeedPage = graphql(`
  query SeedPage($user: String) {
    recommendations(externalUserId: $user) {
      totalCount
      issues {
        provider
        code
        message
        retryAfter
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      edges {
        cursor
        node {
          id
        }
      }
      nodes {
        __typename
        id
        subject {
          __typename
          ... on Company {
            id
            name
          }
          ... on Person {
            fullName
          }
        }
        company {
          __typename
          id
          name
          domain
          linkedinUrl
          description
          logoUrl
          industries
          keywords
          technologies
          functions
          employeeCount
          employeeRange
          yearFounded
          headquarters {
            ...SeedLocation
          }
          locations {
            ...SeedLocation
          }
          people {
            totalCount
            issues {
              code
            }
            nodes {
              id
            }
          }
          recommendations {
            totalCount
            issues {
              code
            }
            nodes {
              id
            }
          }
          sources {
            provider
            providerId
            fetchedAt
            fields
          }
        }
        person {
          id
        }
        provider
        providers
        people {
          totalCount
          issues {
            code
          }
          pageInfo {
            hasNextPage
            hasPreviousPage
            startCursor
            endCursor
          }
          edges {
            cursor
            node {
              id
            }
          }
          nodes {
            __typename
            id
            fullName
            firstName
            lastName
            headline
            jobTitle
            jobDescription
            summary
            departments
            seniorities
            isDecisionMaker
            emails
            country
            location
            linkedinUrl
            company {
              id
            }
            recommendations {
              totalCount
              nodes {
                id
              }
            }
            sources {
              provider
              providerId
              fetchedAt
              fields
            }
          }
        }
        reasons {
          provider
          type
          title
          shortDescription
          description
          score
        }
        score
        generatedAt
        recordedAt
      }
    }
  }

  fragment SeedLocation on Location {
    country
    region
    regionCode
    locality
    postalCode
    streetAddress
    latitude
    longitude
    primary
  }
`);

/** Surfe's documented example requests and answers. @see Surfe API v2, `POST /v2/recommendations/icp` and `/fetch`. */
const PROFILE = {
  companies: {
    employeeCount: { from: 1, to: 100000000 },
    industries: ["Software", "Finance"],
    primaryLocations: ["fr", "W-EMEA"],
    revenue: { from: 1, to: 100000000 },
  },
  externalUserId: "ext-user-123",
  people: {
    countries: ["fr", "W-EMEA"],
    departments: ["Engineering", "Marketing"],
    jobTitles: ["Software Engineer", "Marketing Manager"],
    seniorities: ["C-Level", "Director", "Founder"],
  },
};

const COMPANY = {
  description: "The connected workspace for sales teams",
  domain: "surfe.com",
  employeeCount: 50,
  hqAddress: "Paris, France",
  hqCountry: "France",
  industries: ["SaaS", "Sales"],
  keywords: ["sales", "crm", "productivity"],
  linkedInURL: "https://www.linkedin.com/company/surfe",
  locations: [
    {
      country: "France",
      latitude: 48.8566,
      locality: "Paris",
      longitude: 2.3522,
      postalCode: "75001",
      primary: true,
      region: "Ile-de-France",
      regionCode: "IDF",
      streetAddress: "1 Rue de Rivoli",
    },
  ],
  logo: "https://cdn.surfe.com/logo.png",
  name: "Surfe",
  people: [
    {
      country: "US",
      currentJobDescription: "Leading the sales team at Surfe",
      departments: ["Sales"],
      firstName: "John",
      jobTitle: "Head of Sales",
      lastName: "Doe",
      linkedinUrl: "https://www.linkedin.com/in/johndoe",
      location: "New York, US",
      seniorities: ["Head"],
      summary: "Experienced sales leader with 10+ years",
    },
  ],
  recommendation: {
    generatedAt: "2024-05-20T10:00:00Z",
    id: "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
    reasons: [
      {
        description: "This company operates in your target industry",
        score: 85,
        shortDescription: "Industry match",
        title: "Matches your ICP",
        type: "INDUSTRY_MATCH",
      },
    ],
  },
  size: "51-200",
  yearFounded: 2020,
};

const NOW = new Date("2026-11-20T12:00:00.500Z");

let app: TestApp;
afterEach(() => app.stop());

describe("Surfe's example", () => {
  it("is saved as it was sent, and sent to Surfe as Surfe spells it", async () => {
    app = await startTestApp({ now: () => NOW });
    const saved = await app.query(SaveSeedProfile, { input: { clientMutationId: "m-1", ...PROFILE } });
    const id = present(saved.data.upsertICP?.icp).id;
    expect(saved).toEqual({
      status: 200,
      data: {
        upsertICP: {
          clientMutationId: "m-1",
          icp: {
            __typename: "ICP",
            id,
            externalUserId: "ext-user-123",
            companies: {
              employeeCount: { from: 1, to: 100000000 },
              industries: ["Software", "Finance"],
              primaryLocations: ["FR", "W-EMEA"],
              revenue: { from: 1, to: 100000000 },
            },
            people: {
              countries: ["FR", "W-EMEA"],
              departments: ["Engineering", "Marketing"],
              jobTitles: ["Software Engineer", "Marketing Manager"],
              seniorities: ["C-Level", "Director", "Founder"],
            },
            exampleCompanies: [],
            examplePeople: [],
            createdAt: "2026-11-20T12:00:00.500Z",
            updatedAt: "2026-11-20T12:00:00.500Z",
          },
          userErrors: [],
        },
      },
    });
    expect(sent(app)).toEqual([{ method: "POST", path: "/v2/recommendations/icp", query: {}, body: PROFILE }]);
  });

  it("is served field by field, and fetched with the documented body and headers", async () => {
    app = await startTestApp({ now: () => NOW });
    await app.query(SaveSeedProfile, { input: PROFILE });
    app.surfe.control.clearCalls();
    app.surfe.control.failNext(
      { kind: "shape", body: { companies: [COMPANY], pagination: { from: 0, hasMore: true, to: 10 } } },
      { kind: "shape", body: { companies: [COMPANY], pagination: { from: 0, hasMore: false, to: 10 } } },
    );
    const page = await app.query(SeedPage, { user: "ext-user-123" });
    const connection = present(page.data.recommendations);
    const recommendation = present(connection.nodes[0]);
    const company = present(recommendation.company);
    const person = present(recommendation.people.nodes[0]);
    const cursor = present(connection.pageInfo.startCursor);
    const contactCursor = present(recommendation.people.pageInfo.startCursor);
    const paris = {
      country: "FR",
      region: "Ile-de-France",
      regionCode: "IDF",
      locality: "Paris",
      postalCode: "75001",
      streetAddress: "1 Rue de Rivoli",
      latitude: 48.8566,
      longitude: 2.3522,
      primary: true,
    };
    expect(page).toEqual({
      status: 200,
      data: {
        recommendations: {
          totalCount: 1,
          issues: [],
          pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: cursor, endCursor: cursor },
          edges: [{ cursor, node: { id: recommendation.id } }],
          nodes: [
            {
              __typename: "Recommendation",
              id: recommendation.id,
              subject: { __typename: "Company", id: company.id, name: "Surfe" },
              company: {
                __typename: "Company",
                id: company.id,
                name: "Surfe",
                domain: "surfe.com",
                linkedinUrl: "https://www.linkedin.com/company/surfe",
                description: "The connected workspace for sales teams",
                logoUrl: "https://cdn.surfe.com/logo.png",
                industries: ["SaaS", "Sales"],
                keywords: ["sales", "crm", "productivity"],
                technologies: [],
                functions: [],
                employeeCount: 50,
                employeeRange: "51-200",
                yearFounded: 2020,
                headquarters: paris,
                locations: [paris],
                people: { totalCount: 1, issues: [], nodes: [{ id: person.id }] },
                recommendations: { totalCount: 1, issues: [], nodes: [{ id: recommendation.id }] },
                sources: [
                  {
                    provider: "SURFE",
                    providerId: null,
                    fetchedAt: "2026-11-20T12:00:00.500Z",
                    fields: [
                      "name",
                      "domain",
                      "linkedinUrl",
                      "description",
                      "logoUrl",
                      "industries",
                      "keywords",
                      "employeeCount",
                      "employeeRange",
                      "yearFounded",
                      "headquarters",
                      "locations",
                    ],
                  },
                ],
              },
              person: null,
              provider: "SURFE",
              providers: ["SURFE"],
              people: {
                totalCount: 1,
                issues: [],
                pageInfo: {
                  hasNextPage: false,
                  hasPreviousPage: false,
                  startCursor: contactCursor,
                  endCursor: contactCursor,
                },
                edges: [{ cursor: contactCursor, node: { id: person.id } }],
                nodes: [
                  {
                    __typename: "Person",
                    id: person.id,
                    fullName: "John Doe",
                    firstName: "John",
                    lastName: "Doe",
                    headline: null,
                    jobTitle: "Head of Sales",
                    jobDescription: "Leading the sales team at Surfe",
                    summary: "Experienced sales leader with 10+ years",
                    departments: ["Sales"],
                    seniorities: ["Head"],
                    isDecisionMaker: null,
                    emails: [],
                    country: "US",
                    location: "New York, US",
                    linkedinUrl: "https://www.linkedin.com/in/johndoe",
                    company: { id: company.id },
                    recommendations: { totalCount: 0, nodes: [] },
                    sources: [
                      {
                        provider: "SURFE",
                        providerId: null,
                        fetchedAt: "2026-11-20T12:00:00.500Z",
                        fields: [
                          "fullName",
                          "firstName",
                          "lastName",
                          "jobTitle",
                          "jobDescription",
                          "summary",
                          "departments",
                          "seniorities",
                          "country",
                          "location",
                          "linkedinUrl",
                          "company",
                        ],
                      },
                    ],
                  },
                ],
              },
              reasons: [
                {
                  provider: "SURFE",
                  type: "INDUSTRY_MATCH",
                  title: "Matches your ICP",
                  shortDescription: "Industry match",
                  description: "This company operates in your target industry",
                  score: 85,
                },
              ],
              score: 85,
              generatedAt: "2024-05-20T10:00:00.000Z",
              recordedAt: "2026-11-20T12:00:00.500Z",
            },
          ],
        },
      },
    });
    const body = { externalUserId: "ext-user-123", pagination: { from: 0, to: 10 } };
    expect(sent(app)).toEqual([
      { method: "POST", path: "/v2/recommendations/fetch", query: {}, body },
      { method: "POST", path: "/v2/recommendations/fetch", query: {}, body },
    ]);
    expect(app.surfe.control.calls()[0]?.headers).toEqual({
      accept: expect.stringContaining("application/json"),
      "accept-encoding": expect.any(String),
      authorization: "Bearer sandbox",
      connection: "keep-alive",
      "content-length": "65",
      "content-type": "application/json",
      host: new URL(app.surfe.url).host,
      "user-agent": expect.any(String),
    });
  });

  it("is read again from the record without a call", async () => {
    app = await startTestApp({ now: () => NOW, surfe: { companies: 1 } });
    await app.query(SaveSeedProfile, { input: { externalUserId: "u1" } });
    const first = await app.query(SeedPage, { user: "u1" });
    expect(first.data.recommendations?.nodes[0]?.company?.name).toBe("Surfe");
    app.surfe.control.clearCalls();
    expect(await app.query(SeedPage, { user: "u1" })).toEqual(first);
    expect(app.surfe.control.calls()).toEqual([]);
  });
});

/** What Surfe was sent, headers aside. */
function sent({ surfe }: TestApp): unknown {
  return surfe.control.calls().map(({ method, path, query, body }) => ({ method, path, query, body }));
}
