import { buildSubgraphSchema } from "@apollo/subgraph";
import { describe, expect, it } from "@jest/globals";
import { buildSchema, GraphQLSchema, parse, printSchema } from "graphql";
import { FEDERATION_DIRECTIVES } from "../../../src/graphql/federation/federation-directives";
import { printGraph, printSubgraph } from "../../../src/graphql/federation/print-graph";
import { buildGraph } from "../../../src/graphql/schema";

/** One directive at each place where a type system document can have one. */
const TAGGED = `
  directive @tag(name: String!) repeatable on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION

  type Query {
    find(
      criteria: Criteria @tag(name: "argument")
      limit: Int = 3
    ): Found @tag(name: "field") @tag(name: "twice")
    node: Node
    old: Int @deprecated(reason: "Use find.")
  }

  interface Node @tag(name: "interface") {
    id: ID @tag(name: "interface field")
  }

  type Company implements Node @tag(name: "object") {
    id: ID
  }

  union Found @tag(name: "union") = Company

  input Criteria @tag(name: "input") {
    size: Size = SMALL @tag(name: "input field")
  }

  enum Size @tag(name: "enum") {
    SMALL @tag(name: "enum value")
    LARGE
  }

  scalar Url @tag(name: "scalar") @specifiedBy(url: "https://url.spec.whatwg.org")
`;

describe("printSubgraph", () => {
  it("keeps every directive, wherever it stands, and leaves out what only a graph that stands alone has", () => {
    expect(printSubgraph(buildSchema(TAGGED))).toBe(
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@tag", "@cost", "@listSize"])

type Company implements Node @tag(name: "object") {
  id: ID
}

input Criteria @tag(name: "input") {
  size: Size = SMALL @tag(name: "input field")
}

union Found @tag(name: "union") = Company

interface Node @tag(name: "interface") {
  id: ID @tag(name: "interface field")
}

type Query {
  find(criteria: Criteria @tag(name: "argument"), limit: Int = 3): Found @tag(name: "field") @tag(name: "twice")
  old: Int @deprecated(reason: "Use find.")
}

enum Size @tag(name: "enum") {
  LARGE
  SMALL @tag(name: "enum value")
}

scalar Url @tag(name: "scalar") @specifiedBy(url: "https://url.spec.whatwg.org")`,
    );
  });

  it("makes of the graph a subgraph that Apollo's own library takes", () => {
    expect(() => buildSubgraphSchema(parse(printSubgraph(buildGraph())))).not.toThrow();
  });
});

describe("printGraph", () => {
  it("keeps the same directives, and has node", () => {
    const printed = printGraph(buildSchema(`${TAGGED} type Mutation { change: Int }`));
    expect(printed.match(/@tag\(name: "[^"]*"\)/g)).toHaveLength(12);
    expect(printed).toContain("  node: Node\n");
  });

  it("defines its directives as Apollo's own library does", () => {
    const used = ["link", "key", "shareable", "tag", "cost", "listSize"];
    const directives = buildSubgraphSchema(parse(printSubgraph(buildGraph()))).getDirectives();
    const defined = new GraphQLSchema({ directives: directives.filter(({ name }) => used.includes(name)) });
    expect(FEDERATION_DIRECTIVES.trim()).toBe(printSchema(defined));
  });
});
