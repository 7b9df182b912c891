import { describe, expect, it } from "@jest/globals";
import { fillPlaceholders, remember } from "../../playground/placeholders";

describe("remember", () => {
  it("finds the end cursor of a page and the first company", () => {
    const answer = {
      data: {
        recommendations: {
          pageInfo: { endCursor: "c2" },
          edges: [{ node: { company: { id: "acme" } } }, { node: { company: { id: "bolt" } } }],
        },
      },
    };

    expect(remember({}, answer)).toEqual({ endCursor: "c2", companyId: "acme" });
  });

  it("takes the outermost page where pages are nested", () => {
    const answer = {
      data: {
        companies: {
          nodes: [{ people: { pageInfo: { endCursor: "inner" } } }],
          pageInfo: { endCursor: "outer" },
        },
      },
    };

    expect(remember({}, answer)).toEqual({ endCursor: "outer" });
  });

  it("finds a company's domain and a person's LinkedIn address, each where it stands first", () => {
    const answer = {
      data: {
        nodes: [
          { company: { id: "acme", domain: null }, person: null },
          { company: { id: "bolt", domain: "bolt.io" }, person: { linkedinUrl: "https://www.linkedin.com/in/ada" } },
        ],
      },
    };

    expect(remember({}, answer)).toEqual({
      companyId: "acme",
      companyDomain: "bolt.io",
      personLinkedinUrl: "https://www.linkedin.com/in/ada",
    });
  });

  it("replaces what it had seen before", () => {
    const answer = { data: { icps: { pageInfo: { endCursor: "c4" } } } };

    expect(remember({ endCursor: "c2", companyId: "acme" }, answer)).toEqual({ endCursor: "c4", companyId: "acme" });
  });

  it("keeps what it had seen where the answer has nothing: an empty page, an error, no object at all", () => {
    const seen = { endCursor: "c2", companyId: "acme" };

    expect(remember(seen, { data: { recommendations: { pageInfo: { endCursor: null }, edges: [] } } })).toEqual(seen);
    expect(remember(seen, { data: null, errors: [{ message: "no" }] })).toEqual(seen);
    expect(remember(seen, null)).toEqual(seen);
  });
});

describe("fillPlaceholders", () => {
  it("replaces placeholders at any depth, and only where they are the whole value", () => {
    const variables = {
      after: "{{endCursor}}",
      input: { ids: ["{{companyId}}", "x"] },
      note: "see {{endCursor}}",
      first: 5,
    };

    expect(fillPlaceholders(variables, { endCursor: "c2", companyId: "acme" })).toEqual({
      kind: "filled",
      variables: { after: "c2", input: { ids: ["acme", "x"] }, note: "see {{endCursor}}", first: 5 },
    });
  });

  it("leaves variables without placeholders, and no variables, as they are", () => {
    expect(fillPlaceholders({ user: "demo-user", after: null }, {})).toEqual({
      kind: "filled",
      variables: { user: "demo-user", after: null },
    });
    expect(fillPlaceholders(undefined, {})).toEqual({ kind: "filled", variables: undefined });
  });

  it("says what to run first where nothing has been seen for a placeholder", () => {
    expect(fillPlaceholders({ id: "{{companyId}}" }, { endCursor: "c2" })).toEqual({
      kind: "unfilled",
      message:
        "Not sent: {{companyId}} stands for the id of a company, and no answer has held one since this page was loaded." +
        " Run the tab CompaniesAndTheirPeople first.",
    });
  });

  it("says it of all that are missing in one message", () => {
    expect(fillPlaceholders({ domain: "{{companyDomain}}", url: "{{personLinkedinUrl}}" }, {})).toEqual({
      kind: "unfilled",
      message:
        "Not sent: {{companyDomain}} stands for the domain of a company, and {{personLinkedinUrl}} stands for the LinkedIn" +
        " address of a person, and no answer has held one since this page was loaded. Run the tab CompaniesAndTheirPeople" +
        " and the example NetworkRecommendations first.",
    });
  });
});
