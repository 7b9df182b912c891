import { beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  execute,
  getOperationAST,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  parse,
  validate,
  type ExecutionResult,
} from "graphql";
import type { RequestContext } from "../../../src/graphql/context";
import { fromByteText } from "../../../src/server/executor/byte-text";
import { FragmentCache } from "../../../src/server/executor/fragment-cache";
import { QueryExecutor } from "../../../src/server/executor/query-executor";
import { operationOf } from "../../../src/server/operations/known-operations";
import type { Operation } from "../../../src/server/operations/operation";
import { generateOperation } from "../../support/generated-operations";
import { present } from "../../support/present";
import { calls, schema } from "./synthetic-schema";

const RUNS = 2_000;

let fragments: FragmentCache;
let executor: QueryExecutor;
let operations: Map<string, Operation>;

beforeEach(startAnew);

function startAnew(): void {
  fragments = new FragmentCache(1_000_000);
  executor = new QueryExecutor(schema, fragments);
  operations = new Map();
}

function contextAt(recordVersion: number): RequestContext {
  return { tenant: "acme", recordVersion } as unknown as RequestContext;
}

/** The one operation of a text: the same, whenever it is asked for. */
function operationIn(text: string): Operation {
  const document = parse(text);
  const operation = operations.get(text) ?? operationOf(document, present(getOperationAST(document)), text);
  operations.set(text, operation);
  return operation;
}

function isValid(text: string): boolean {
  try {
    return validate(schema, parse(text)).length === 0;
  } catch {
    return false; // a lone surrogate, which only a variable can hold
  }
}

interface Run {
  readonly answer: string;
  readonly calls: readonly string[];
}

function textOf({ data, errors }: ExecutionResult): string {
  return JSON.stringify(errors ? { errors, data } : { data });
}

/** What graphql-js makes of it. */
async function reference(query: string, variables: Record<string, unknown>): Promise<Run> {
  calls.length = 0;
  const result = await execute({
    schema,
    document: parse(query),
    variableValues: variables,
    contextValue: contextAt(0),
  });
  return afterStragglers({ answer: textOf(result), calls: [...calls] });
}

/** An answer can be there before all its resolvers are: what they call later is not of the next run. */
async function afterStragglers(made: Run): Promise<Run> {
  await new Promise((resolve) => setImmediate(resolve));
  return made;
}

/** What the executor makes of it; `null` where it leaves it to graphql-js, having run nothing. */
async function run(query: string, variables: Record<string, unknown>, version = 0): Promise<Run | null> {
  calls.length = 0;
  const result = await executor.run(operationIn(query), variables, contextAt(version));
  if (!result) {
    expect(calls).toEqual([]);
    return null;
  }
  const errors = result.errors.length > 0 ? `"errors":${JSON.stringify(result.errors)},` : "";
  return afterStragglers({ answer: `{${errors}"data":${fromByteText(result.data)}}`, calls: [...calls] });
}

const VALUES = {
  id: ["0", "1", "3", "9", "x", 2],
  ids: ["0", "1", "4", 5, "none"],
  ID: ["0"],
  first: [0, 1, 3, 2.5, "2", 2 ** 40],
  Int: [1, 2],
  String: ["any", "ü\u0000\ud800", '"quoted"'],
  DateTime: ["2026-01-01T00:00:00Z", "yesterday", 5],
};

describe("QueryExecutor", () => {
  it("answers what graphql-js answers, first, again and from what is kept", async () => {
    let taken = 0;
    let kept = 0;
    const property = fc.asyncProperty(fc.noShrink(fc.integer()), async (seed) => {
      const { query, variables } = generateOperation(schema, seed, { values: VALUES, without: new Set() });
      startAnew();
      if (!isValid(query)) return;
      const expected = await reference(query, variables);
      for (let time = 1; time <= 3; time += 1) {
        const made = await run(query, variables);
        if (!made) return;
        taken += 1;
        if (made.answer !== expected.answer) throw new Error(`${query}\n${made.answer}\n${expected.answer}`);
        // What is kept needs no calls; whatever is called was called by graphql-js too.
        if (time === 1) expect(made.calls).toEqual(expected.calls);
        else expect(made.calls.filter((call) => !expected.calls.includes(call))).toEqual([]);
      }
      kept += fragments.hits;
    });
    await fc.assert(property, { numRuns: RUNS });
    expect(taken).toBeGreaterThan(RUNS / 2);
    expect(kept).toBeGreaterThan(RUNS / 10);
  }, 600_000);

  describe("keeps the text of an object", () => {
    const QUERY = "{ cat { id next { name } } }";

    it("from the second time on, and asks nothing for it then", async () => {
      const answer = (await reference(QUERY, {})).answer;
      expect(await run(QUERY, {})).toEqual({
        answer,
        calls: ['Query.cat undefined {"first":2}', 'Cat.next 0 {"first":2}'],
      });
      expect(await run(QUERY, {})).toEqual({
        answer,
        calls: ['Query.cat undefined {"first":2}', 'Cat.next 0 {"first":2}'],
      });
      expect(await run(QUERY, {})).toEqual({ answer, calls: ['Query.cat undefined {"first":2}'] });
    });

    it("until something is written", async () => {
      for (let time = 0; time < 3; time += 1) await run(QUERY, {});
      const after = present(await run(QUERY, {}, 1));
      expect(after.calls).toEqual(['Query.cat undefined {"first":2}', 'Cat.next 0 {"first":2}']);
    });

    it("apart for each value of the variables that it uses", async () => {
      const query = "query ($n: Int, $other: Int) { cat { friends(first: $n) { id } } node(id: 1) { id } }";
      const used = query.replace(", $other: Int", "");
      for (const n of [1, 2]) for (let time = 0; time < 3; time += 1) await run(used, { n });
      for (const n of [1, 2]) expect((await run(used, { n }))?.answer).toBe((await reference(used, { n })).answer);
    });

    it("not where a field below does not follow from the record", async () => {
      const query = "{ cat { id nextSurely { id } } }";
      for (let time = 0; time < 3; time += 1) await run(query, {});
      expect((await run(query, {}))?.calls).toEqual(['Query.cat undefined {"first":2}', "Cat.nextSurely 0 {}"]);
    });

    it("not where something failed", async () => {
      const query = "{ cat { id friends(first: 5) { ... on Dog { id at } } } }";
      const expected = await reference(query, {});
      for (let time = 0; time < 4; time += 1) expect(await run(query, {})).toEqual(expected);
    });
  });

  it("leaves no rejected promise behind where an item of a list is missing that must not be", async () => {
    const resolve = (): readonly unknown[] => [Promise.reject(new Error("later")), null];
    const Items = new GraphQLList(new GraphQLNonNull(GraphQLString));
    const Query = new GraphQLObjectType({ name: "Query", fields: { items: { type: Items, resolve } } });
    const own = new QueryExecutor(new GraphQLSchema({ query: Query }), fragments);
    // Jest fails the test, as Node would end the process, where a rejection is nobody's.
    const result = await own.run(operationIn("{ items }"), {}, contextAt(0));
    await afterStragglers({ answer: "", calls: [] });
    expect([result?.data, result?.errors.map(({ message }) => message)]).toEqual([
      '{"items":null}',
      ["Cannot return null for non-nullable field Query.items."],
    ]);
  });

  it.each([
    ["introspection", "{ __schema { queryType { name } } }", {}],
    ["variables of the wrong type", "query ($n: Int!) { cat(first: $n) { id } }", { n: "x" }],
    ["a condition without a value", "query ($if: Boolean = true) { cat @skip(if: $if) { id } }", { if: null }],
    [
      "more fields than any client asks for",
      `{ ${Array.from({ length: 2_001 }, (_, i) => `a${String(i)}: rootError`).join(" ")} }`,
      {},
    ],
  ])("leaves to graphql-js, before anything runs: %s", async (_, query, variables) => {
    expect(await run(query, variables)).toBeNull();
  });

  it("calls the resolvers that the schema had when it was made, whatever others put around them later", async () => {
    const fields = { name: { type: GraphQLString, resolve: () => "own" }, word: { type: GraphQLString } };
    const query = new GraphQLObjectType({ name: "Query", fields });
    const own = new QueryExecutor(new GraphQLSchema({ query }), fragments);
    for (const field of Object.values(query.getFields())) field.resolve = () => "of a trace";
    expect(await own.run(operationIn("{ name word __typename }"), {}, contextAt(0))).toEqual({
      data: '{"name":"own","word":null,"__typename":"Query"}',
      errors: [],
    });
  });

  it("refuses a schema with types that it cannot tell apart", () => {
    const type = present(schema.getType("Cat"));
    Object.assign(type, { isTypeOf: () => true });
    expect(() => new QueryExecutor(schema, fragments)).toThrow("Cat has isTypeOf");
    Object.assign(type, { isTypeOf: undefined });
  });
});
