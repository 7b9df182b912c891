import { describe, expect, it } from "@jest/globals";
import { getNamedType, getNullableType, isListType, isObjectType, print, type GraphQLField } from "graphql";
import { buildSubgraph } from "../../src/graphql/federation/subgraph";
import { costOfField } from "../../src/graphql/field-cost";

type Field = GraphQLField<unknown, unknown>;

const types = Object.values(buildSubgraph().getTypeMap()).filter(isObjectType);
const fields = types
  .filter(({ name }) => !name.startsWith("__"))
  .flatMap((type) =>
    Object.values(type.getFields()).map((field): [string, Field] => [`${type.name}.${field.name}`, field]),
  );

const isList = ({ type }: Field) => isListType(getNullableType(type));
const isPage = ({ type }: Field) => getNamedType(type).name.endsWith("Connection");

/** What is printed of a field's cost. */
const directivesOf = ({ astNode }: Field) =>
  (astNode?.directives ?? []).map((directive) => print(directive)).filter((text) => /^@(?:listSize|cost)/.test(text));

describe("FieldCost", () => {
  it("states the length of every list and page, and of nothing else", () => {
    const sized = fields.filter(([, field]) => costOfField(field).rows !== undefined).map(([name]) => name);
    expect(sized).toEqual(fields.filter(([, field]) => isList(field) || isPage(field)).map(([name]) => name));
    expect(fields.filter(([, field]) => isPage(field) !== (costOfField(field).rows === "page"))).toEqual([]);
  });

  it("is printed for routers", () => {
    const printed = Object.fromEntries(fields.map(([name, field]) => [name, directivesOf(field)]));
    expect(printed).toMatchObject({
      "Company.name": [],
      "Company.industries": ["@listSize(assumedSize: 5)"],
      "Company.sources": ["@listSize(assumedSize: 5)"],
      "CompanyConnection.nodes": [],
      "CompanyConnection.issues": ["@listSize(assumedSize: 4)"],
      "ICP.exampleCompanies": ["@listSize(assumedSize: 100)"],
      "Mutation.upsertICP": ["@cost(weight: 10)"],
      "ProviderStatus.creditsSpent": ["@cost(weight: 1)"],
      "Query.nodes": ["@listSize(assumedSize: 10)"],
      "Query.providers": ["@listSize(assumedSize: 4)"],
      "Recommendation.reasons": ["@listSize(assumedSize: 5)"],
    });
    const plain = fields.filter(([, field]) => typeof costOfField(field).rows === "number");
    expect(plain.filter(([, field]) => !directivesOf(field).join("").startsWith("@listSize(assumedSize: "))).toEqual(
      [],
    );
  });
});
