import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { getOperationAST, parse } from "graphql";
import { buildSubgraph } from "../../../src/graphql/federation/subgraph";
import { costKeyOf } from "../../../src/server/limits/cost-key";
import { costOf, type CallPrices, type CoercedVariables } from "../../../src/server/limits/operation-cost";
import { planOperation, type PlannedField } from "../../../src/server/limits/operation-plan";
import { present } from "../../support/present";

const schema = buildSubgraph();

const profilePage: CallPrices[string] = (rows, values) => {
  const providers = values.get("providers");
  return rows * (Array.isArray(providers) ? providers.length : 4);
};
const PRICES: CallPrices = { profilePage, search: (rows) => rows, similar: (rows) => rows };

const ONE_LIST = /* GraphQL */ `
  query ($user: String, $first: Int, $people: Int, $after: String, $providers: [Provider!], $ids: [ID!]!) {
    recommendations(externalUserId: $user, first: $first, after: $after, providers: $providers) {
      nodes {
        people(first: $people, after: $after) {
          totalCount
        }
      }
    }
    nodes(ids: $ids) {
      id
    }
  }
`;

const ALIASES = /* GraphQL */ `
  query ($user: String, $first: Int, $after: String, $providers: [Provider!]) {
    front: recommendations(externalUserId: $user, first: $first, providers: $providers) {
      totalCount
    }
    behind: recommendations(externalUserId: $user, first: $first, after: $after, providers: $providers) {
      totalCount
    }
  }
`;

function planned(text: string): readonly PlannedField[] {
  const document = parse(text);
  return planOperation(schema, document, present(getOperationAST(document))).graph.fields;
}

const size = fc.integer({ min: 0, max: 3 });
const variables: fc.Arbitrary<CoercedVariables> = fc.record(
  {
    user: fc.constantFrom("a", "b", null),
    first: fc.option(size),
    people: fc.option(size),
    after: fc.constantFrom("x", "y", null),
    providers: fc.option(fc.subarray(["SURFE", "LUSHA"])),
    ids: fc.array(fc.constantFrom("1", "2"), { maxLength: 2 }),
  },
  { requiredKeys: ["ids"] },
);

describe("costKeyOf", () => {
  it.each([
    ["one list", ONE_LIST],
    ["aliases of one list", ALIASES],
  ])("gives runs that cost differently different keys: %s", (_, text) => {
    const fields = planned(text);
    const key = costKeyOf(fields);
    const costs = new Map<string, unknown>();
    fc.assert(
      fc.property(variables, (given) => {
        const cost = costOf(fields, given, PRICES);
        expect(costs.get(key(given)) ?? cost).toEqual(cost);
        costs.set(key(given), cost);
      }),
      { numRuns: 2_000 },
    );
  });

  it("leaves cursors out where they cannot change the cost", () => {
    const given = { user: "a", first: 2, ids: [] };
    const single = costKeyOf(planned(ONE_LIST));
    expect(single({ ...given, after: "x" })).toBe(single({ ...given, after: "y" }));
    const several = costKeyOf(planned(ALIASES));
    expect(several({ ...given, after: "x" })).not.toBe(several({ ...given, after: "y" }));
  });

  it("tells a variable that is left out from one that is null", () => {
    const key = costKeyOf(planned(ONE_LIST));
    expect(key({ ids: [] })).not.toBe(key({ ids: [], first: null }));
  });
});
