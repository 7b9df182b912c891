import { describe, expect, it } from "@jest/globals";
import { Kind, parse, TypeInfo, validate, visit, visitWithTypeInfo } from "graphql";
import { exampleGroups } from "../../playground/examples/examples";
import { greeting } from "../../playground/operations";
import { buildGraph } from "../../src/graphql/schema";

const schema = buildGraph();
const examples = exampleGroups.flatMap((group) => group.examples);

/** Fields of the root types that some example asks for. */
function rootFieldsOf(query: string): readonly string[] {
  const fields: string[] = [];
  const types = new TypeInfo(schema);
  const roots = [schema.getQueryType()?.name, schema.getMutationType()?.name];
  visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        if (roots.includes(types.getParentType()?.name)) fields.push(name.value);
      },
    }),
  );
  return fields;
}

describe("exampleGroups", () => {
  it("has the capabilities in the order in which they are run", () => {
    expect(exampleGroups.map((group) => [group.capability, group.examples.length])).toEqual([
      ["Ideal customer profiles", 6],
      ["Recommendations", 4],
      ["Lookalikes (Lusha)", 3],
      ["LinkedIn network (LinkUp)", 1],
      ["Searches (Letrics)", 2],
      ["Companies and people", 4],
      ["Providers and cost", 3],
    ]);
  });

  it.each(examples.map((example) => [example.title, example] as const))("%s is valid", (_, { query }) => {
    expect(validate(schema, parse(query))).toEqual([]);
  });

  it("asks for every field that a query or a mutation can begin with", () => {
    const all = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}),
    );
    const asked = new Set(examples.flatMap(({ query }) => rootFieldsOf(query)));
    // What begins with an underscore is the gateway's.
    expect(all.filter((name) => !name.startsWith("_") && !asked.has(name))).toEqual([]);
  });

  it("names and titles each operation as no other", () => {
    const names = examples.flatMap(({ query }) =>
      parse(query).definitions.map((one) => (one.kind === Kind.OPERATION_DEFINITION ? one.name?.value : one.kind)),
    );
    expect(names).toHaveLength(examples.length);
    expect(new Set(names).size).toBe(examples.length);
    expect(new Set(examples.map(({ title }) => title)).size).toBe(examples.length);
  });

  it("includes what the playground greets with", () => {
    const queries = examples.map(({ query }) => query);
    expect(greeting.filter(({ query }) => !queries.includes(query))).toEqual([]);
  });

  it("begins each operation with a comment, in lines that fit beside the open panel", () => {
    const others = examples.filter(({ query }) => !greeting.some((one) => one.query === query));
    expect(others).toHaveLength(examples.length - greeting.length);
    for (const { query } of others) expect(query).toMatch(/^(?:# .{1,38}\n)+(?:query|mutation) /);
  });

  it("says in the panel what there is to see", () => {
    for (const { summary } of examples) expect(summary).toMatch(/^[A-Z].{10,80}\.$/);
  });

  it("has variables that are JSON, and headers that are but for comments", () => {
    for (const { variables, headers } of examples) {
      if (variables !== "") expect(JSON.parse(variables)).toEqual(expect.any(Object));
      if (headers !== undefined) {
        expect(JSON.parse(headers.replace(/^ *\/\/.*$/gm, ""))).toEqual({ "x-linkup-login-token": "" });
      }
    }
  });
});
