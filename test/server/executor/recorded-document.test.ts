import { describe, expect, it } from "@jest/globals";
import { isEnumType, parse, validate } from "graphql";
import { buildGraph } from "../../../src/graphql/schema";
import { isRecordedDocument } from "../../../src/server/executor/recorded-document";

const schema = buildGraph();

function isRecorded(text: string): boolean {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return isRecordedDocument(schema, document);
}

const rows = (selection: string): string => `recommendations { nodes { ${selection} } }`;

describe("isRecordedDocument", () => {
  it.each([
    ["properties", `{ ${rows("id score generatedAt reasons { provider } __typename")} }`],
    [
      "what is recorded of a row",
      `{ ${rows("company { name people { nodes { company { id } } } } people { totalCount }")} }`,
    ],
    ["a union", `{ ${rows("subject { __typename ... on Person { company { id } } ... on Company { name } }")} }`],
    ["an interface", `{ ${rows("... on Node { id }")} }`],
    ["fragments", `{ ...Q } fragment Q on Query { ${rows("...R")} } fragment R on Recommendation { company { id } }`],
    ["searches", "{ companies { nodes { name } issues { code } } people { edges { node { company { id } } } } }"],
    ["the network", "{ networkRecommendations { nodes { person { fullName } } pageInfo { hasNextPage } } }"],
  ])("is true of %s", (_, text) => {
    expect(isRecorded(text)).toBe(true);
  });

  it.each([
    ["other root fields", "{ icps { totalCount } }"],
    ["what a profile reads", "{ icp { recommendations { nodes { id } } } }"],
    ["what providers spent", "{ providers { creditsSpent } }"],
    ["one such field among others", `{ ${rows("id")} providers { provider } }`],
    ["a list that is bought for a row", `{ ${rows("company { similarCompanies { nodes { id } } }")} }`],
    ["the history of a row", `{ ${rows("company { recommendations { nodes { id } } }")} }`],
    ["a node by its id", '{ node(id: "x") { id } }'],
    ["introspection", `{ ${rows("id")} __schema { queryType { name } } }`],
    ["a fragment", `{ ${rows("...R")} } fragment R on Recommendation { company { similarCompanies { totalCount } } }`],
    ["a union", `{ ${rows("subject { ... on Person { similarPeople { totalCount } } }")} }`],
  ])("is false of %s", (_, text) => {
    expect(isRecorded(text)).toBe(false);
  });
});

describe("enums", () => {
  it("have their names as values, which the compiled executor relies on", () => {
    const enums = Object.values(schema.getTypeMap()).filter(isEnumType);
    const ours = enums.filter(({ name }) => !name.startsWith("__"));
    expect(ours.map(({ name }) => name).sort()).toEqual(["CircuitState", "Provider", "ProxyCountry"]);
    for (const { name, value } of ours.flatMap((one) => one.getValues())) expect(value).toBe(name);
  });
});
