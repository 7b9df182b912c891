import { describe, expect, it } from "@jest/globals";
import { Kind, parse } from "graphql";
import { greeting } from "../../playground/operations";

describe("greeting", () => {
  it("is one named operation for each tab, in this order", () => {
    const names = greeting.map(({ query }) =>
      parse(query).definitions.map((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION ? definition.name?.value : definition.kind,
      ),
    );

    expect(names).toEqual([["UpsertICP"], ["CompaniesAndTheirPeople"], ["NextPage"], ["EntityById"], ["Providers"]]);
  });

  it("says in a comment what each operation shows, in lines that fit beside GraphiQL's buttons", () => {
    for (const [at, { query }] of greeting.entries()) {
      const comment = query.split("\n").filter((line) => line.startsWith("#"));

      expect(comment[0]).toMatch(new RegExp(`^# ${at + 1}\\. `));
      expect(comment.filter((line) => line.length > 60)).toEqual([]);
    }
  });

  it("has variables that are JSON, with placeholders for what only an answer can tell", () => {
    expect(greeting.map(({ variables }) => (variables === "" ? null : (JSON.parse(variables) as unknown)))).toEqual([
      {
        input: {
          externalUserId: "demo-user",
          companies: { industries: ["Software", "SaaS"], primaryLocations: ["W-EMEA"] },
          people: { countries: ["W-EMEA"] },
        },
      },
      { user: "demo-user" },
      { user: "demo-user", after: "{{endCursor}}" },
      { id: "{{companyId}}" },
      null,
    ]);
  });
});
