import { describe, expect, it } from "@jest/globals";
import {
  buildASTSchema,
  getNamedType,
  graphql,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  print,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { buildSubgraph } from "../../../src/graphql/federation/subgraph";
import { printSubgraph } from "../../../src/graphql/federation/print-graph";
import { DateTime, SafeInt } from "../../../src/graphql/scalars";
import { costOfField } from "../../../src/graphql/field-cost";
import { buildGraph } from "../../../src/graphql/schema";

const served = buildSubgraph();
const sdl = printSubgraph(buildGraph());
const subgraph = buildASTSchema(parse(sdl), { assumeValidSDL: true });

const isOwn = ({ name }: GraphQLNamedType): boolean => !name.startsWith("__");

function objectTypesOf(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(isObjectType).filter(isOwn);
}

/** Everything in the schema with its description. */
function describedOf(schema: GraphQLSchema): readonly string[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => isOwn(type) && !isSpecifiedScalarType(type));
  return types.flatMap((type) => [`${type.name}: ${String(type.description)}`, ...describedPartsOf(type)]);
}

function describedPartsOf(type: GraphQLNamedType): readonly string[] {
  const say = (name: string, description: unknown): string => `${type.name}.${name}: ${String(description)}`;
  if (isEnumType(type)) return type.getValues().map(({ name, description }) => say(name, description));
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) =>
      say(`${field.name}: ${String(field.type)}`, field.description),
    );
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap(({ name, type: of, description, args }) => [
    say(`${name}: ${String(of)}`, description),
    ...args.map((argument) => say(`${name}(${argument.name}: ${String(argument.type)})`, argument.description)),
  ]);
}

/** The fields that have a resolver: those that do more than to read a property. */
function resolvedFieldsOf(schema: GraphQLSchema): readonly string[] {
  return objectTypesOf(schema).flatMap((type) =>
    Object.values(type.getFields()).flatMap(({ name, resolve }) => (resolve ? [`${type.name}.${name}`] : [])),
  );
}

describe("the part that a supergraph gets", () => {
  it("is what _service gives", async () => {
    expect(await graphql({ schema: served, source: "{ _service { sdl } }" })).toEqual({ data: { _service: { sdl } } });
  });

  it("takes its directives from federation 2.9", () => {
    const [head] = parse(sdl).definitions;
    expect(head && print(head)).toBe(
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@tag", "@cost", "@listSize"])',
    );
  });

  it("has the keys, and page info that others may have too", () => {
    const marked = objectTypesOf(subgraph).map(
      ({ name, astNode }) => `${name} ${(astNode?.directives ?? []).map((directive) => print(directive)).join(" ")}`,
    );
    expect(marked.filter((line) => line.includes("@")).sort()).toEqual([
      'Company @key(fields: "id") @key(fields: "domain") @key(fields: "linkedinUrl")',
      'ICP @key(fields: "id")',
      "PageInfo @shareable",
      'Person @key(fields: "id") @key(fields: "linkedinUrl")',
      'Recommendation @key(fields: "id")',
    ]);
  });

  it("says of every connection how long its page is and what it weighs: more where it can call a provider", () => {
    const connections = objectTypesOf(subgraph).flatMap((type) =>
      Object.values(type.getFields()).flatMap(({ name, type: of, astNode }) => {
        const directives = (astNode?.directives ?? []).map((directive) => print(directive)).sort();
        return getNamedType(of).name.endsWith("Connection") ? [[`${type.name}.${name}`, ...directives]] : [];
      }),
    );
    const size =
      '@listSize(assumedSize: 10, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)';
    expect(connections.sort()).toEqual([
      ["Company.people", "@cost(weight: 1)", size],
      ["Company.recommendations", "@cost(weight: 1)", size],
      ["Company.similarCompanies", "@cost(weight: 10)", size],
      ["ICP.recommendations", "@cost(weight: 40)", size],
      ["Person.recommendations", "@cost(weight: 1)", size],
      ["Person.similarPeople", "@cost(weight: 10)", size],
      ["Query.companies", "@cost(weight: 10)", size],
      ["Query.icps", "@cost(weight: 1)", size],
      ["Query.networkRecommendations", "@cost(weight: 10)", size],
      ["Query.people", "@cost(weight: 10)", size],
      ["Query.recommendations", "@cost(weight: 40)", size],
      ["Query.similarCompanies", "@cost(weight: 10)", size],
      ["Query.similarPeople", "@cost(weight: 10)", size],
      ["Recommendation.people", "@cost(weight: 1)", size],
    ]);
  });

  it("is the whole graph with every description, but for node and nodes", () => {
    const present = new Set(describedOf(subgraph));
    const graph = describedOf(buildGraph());
    expect(graph.filter((line) => !present.has(line)).map((line) => line.slice(0, line.indexOf(":")))).toEqual([
      "Query.node",
      "Query.node(id",
      "Query.nodes",
      "Query.nodes(ids",
    ]);
    expect(present.size).toBe(new Set(graph).size - 4);
  });
});

describe("the served schema", () => {
  it("resolves fields that read a property without a resolver", () => {
    expect([...resolvedFieldsOf(served)].sort()).toEqual([
      "Company.people",
      "Company.recommendations",
      "Company.similarCompanies",
      "ICP.exampleCompanies",
      "ICP.examplePeople",
      "ICP.excludeCompanies",
      "ICP.excludePeople",
      "ICP.recommendations",
      "Mutation.deleteICP",
      "Mutation.upsertICP",
      "Person.company",
      "Person.recommendations",
      "Person.similarPeople",
      "ProviderStatus.creditsSpent",
      "Query._entities",
      "Query._service",
      "Query.companies",
      "Query.company",
      "Query.icp",
      "Query.icps",
      "Query.networkRecommendations",
      "Query.node",
      "Query.nodes",
      "Query.people",
      "Query.person",
      "Query.profileOptions",
      "Query.providers",
      "Query.recommendations",
      "Query.similarCompanies",
      "Query.similarPeople",
      "Query.spending",
      "Recommendation.company",
      "Recommendation.people",
      "_Service.sdl",
    ]);
  });

  it("tells the type of a value at once", () => {
    const abstract = Object.values(served.getTypeMap()).filter(isAbstractType);
    expect(abstract.map(({ name }) => name).sort()).toEqual(["Node", "RecommendationSubject", "_Entity"]);
    const told = abstract.map(({ resolveType }): unknown =>
      resolveType ? Reflect.apply(resolveType, null, [{ kind: "Person" }]) : null,
    );
    expect(told).toEqual(["Person", "Person", "Person"]);
  });

  it("keeps the scalars, and what the limits read off its fields", () => {
    expect([served.getType("DateTime"), served.getType("SafeInt")]).toEqual([DateTime, SafeInt]);
    const calls = objectTypesOf(served).flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => {
        const { calls: kind } = costOfField(field);
        return kind === undefined ? [] : [`${type.name}.${field.name} ${kind}`];
      }),
    );
    expect(calls.sort()).toEqual([
      "Company.similarCompanies similar",
      "ICP.recommendations profilePage",
      "Mutation.upsertICP saveProfile",
      "Person.similarPeople similar",
      "Query.companies search",
      "Query.networkRecommendations network",
      "Query.people search",
      "Query.profileOptions profileOptions",
      "Query.recommendations profilePage",
      "Query.similarCompanies similar",
      "Query.similarPeople similar",
    ]);
  });

  it("is described throughout", () => {
    expect(describedOf(served).filter((line) => line.endsWith(": undefined") || line.endsWith(": null"))).toEqual([]);
  });
});
