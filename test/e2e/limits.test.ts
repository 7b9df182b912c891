import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "@jest/globals";
import { getIntrospectionQuery, Kind, parse, print } from "graphql";
import { temporaryFolder } from "../support/server-process";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";
import { graphql } from "./documents";

const SaveLimitsProfile = graphql(`
  mutation SaveLimitsProfile {
    upsertICP(input: { externalUserId: "u1" }) {
      icp {
        id
      }
    }
  }
`);

const LimitedPage = graphql(`
  query LimitedPage($first: Int!, $after: String) {
    recommendations(externalUserId: "u1", first: $first, after: $after) {
      nodes {
        company {
          domain
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      issues {
        provider
        code
        message
      }
    }
  }
`);

const EXHAUSTED =
  "The operation has made as many provider calls as it may (MAX_PROVIDER_CALLS), so Surfe was not called. Ask for the next page to continue.";

const run = promisify(execFile);
const ROOT = join(__dirname, "../..");
const CODEGEN = join(ROOT, "node_modules/@graphql-codegen/cli/cjs/bin.js");

let app: TestApp;
afterEach(() => app.stop());

async function start(env: Readonly<Record<string, string>> = {}): Promise<void> {
  app = await startTestApp({ surfe: { companies: 30 }, env });
  await app.query(SaveLimitsProfile);
  app.surfe.control.clearCalls();
}

/** That `text` is executed. */
async function passes(text: string, variables?: object): Promise<void> {
  const { status, data, errors } = await app.send(text, variables);
  expect({ status, errors }).toEqual({ status: 200, errors: undefined });
  expect(data).not.toBeNull();
}

/** That `text` is refused as too costly, and nothing of it executed. */
async function isTooCostly(text: string, message: string, variables?: object): Promise<void> {
  app.surfe.control.clearCalls();
  expect(await app.send(text, variables)).toEqual({
    status: 400,
    errors: [{ message: expect.stringContaining(message), extensions: { code: "OPERATION_TOO_COSTLY" } }],
  });
  expect(callsOf(app.surfe)).toEqual([]);
}

const rows = (args: string, inner = "id") => `recommendations(externalUserId: "u1", ${args}) { nodes { ${inner} } }`;
const listOf = <T>(length: number, one: (i: number) => T) => Array.from({ length }, (_, i) => one(i));

/** Fragments that each hold the one before twice. */
function bomb(levels: number, field: (spread: string) => string, innermost: string): string {
  const fragments = listOf(levels, (i) => `fragment F${i + 1} on Company { ${field(`...F${i}`)} }`);
  return [`fragment F0 on Company { ${innermost} }`, ...fragments].join("\n");
}

describe("MAX_DEPTH", () => {
  const nested = (levels: number): string =>
    levels === 1
      ? "id"
      : levels === 2
        ? "sources { provider }"
        : `people { nodes { company { ${nested(levels - 3)} } } }`;

  it("is 15 levels of fields, and one more is refused", async () => {
    await start();
    await passes(`{ company(domain: "surfe.com") { ${nested(14)} } }`);
    await isTooCostly(
      `{ nodes(ids: []) { ... on Recommendation { company { ${nested(14)} } } } }`,
      "16 levels of fields",
    );
  });

  it("counts through fragments, and takes the deepest branch", async () => {
    await start({ MAX_DEPTH: "4" });
    const fragment = "fragment C on Company { sources { provider } }";
    await passes(`{ recommendations(externalUserId: "u1") { nodes { company { name } } } }`);
    await passes(`{ company(domain: "a.com") { id ...C headquarters { country } } } ${fragment}`);
    await isTooCostly(`{ a: providers { provider } ${rows("first: 1", "company { ...C }")} } ${fragment}`, "5 levels");
    await isTooCostly(
      `{ ${rows("first: 1", "company { ... { ... on Company { sources { fields } } } }")} }`,
      "5 levels",
    );
  });
});

describe("MAX_ALIASES", () => {
  const aliases = (count: number) => listOf(count, (i) => `a${i}: providers { provider }`).join(" ");

  it("is 60, and one more is refused", async () => {
    await start();
    await passes(`{ ${aliases(60)} }`);
    await isTooCostly(`{ ${aliases(61)} }`, "61 aliases");
  });

  it("counts those in fragments as often as they are spread", async () => {
    await start({ MAX_ALIASES: "4" });
    const fragment = "fragment S on ProviderStatus { a: provider b: circuit }";
    await passes(`{ providers { ...S } more: providers { provider } } ${fragment}`);
    await isTooCostly(`{ one: providers { ...S } two: providers { ...S } } ${fragment}`, "6 aliases");
  });
});

describe("MAX_NODES", () => {
  it("is 20000, and one more is refused", async () => {
    await start();
    const contacts = (first: number) => `people(first: ${first}) { nodes { id } }`;
    const other = (first: number) => `icps(first: ${first}) { nodes { id } }`;
    await passes(
      `{ ${rows("first: 100", `${contacts(100)} company { people(first: 98) { nodes { id } } }`)} ${other(100)} }`,
    );
    await isTooCostly(
      `{ ${rows("first: 100", `${contacts(100)} company { people(first: 98) { nodes { id } } }`)} ${other(100)} more: ${other(1)} }`,
      "20001 nodes",
    );
  });

  it("multiplies page sizes, which are 10 where none is given", async () => {
    await start({ MAX_NODES: "110" });
    await passes(`{ ${rows("first: 10", "people(first: 10) { nodes { id } }")} }`);
    await passes(`{ recommendations(externalUserId: "u1") { nodes { people { nodes { id } } } } }`);
    await passes(`{ ${rows("first: 0", "people(first: 100) { nodes { id } }")} }`);
    await isTooCostly(`{ ${rows("first: 10", "people(first: 11) { nodes { id } }")} }`, "120 nodes");
    await isTooCostly(
      `{ icps(last: 10) { edges { node { recommendations(last: 11) { nodes { id } } } } } }`,
      "120 nodes",
    );
  });

  it("reads sizes from variables and their defaults", async () => {
    await start({ MAX_NODES: "50" });
    const text = `query($n: Int = 51, $m: Int) { ${rows("first: $n", "id")} icps(first: $m) { nodes { id } } }`;
    await passes(text, { n: 40 });
    await passes(text, { n: 45, m: 5 });
    await passes(text, { n: null });
    await isTooCostly(text, "61 nodes");
    await isTooCostly(text, "51 nodes", { n: 45, m: 6 });
  });

  it("counts what is in fragments", async () => {
    await start({ MAX_NODES: "100" });
    const fragment = (first: number) => `fragment P on Recommendation { people(first: ${first}) { nodes { id } } }`;
    await passes(`{ ${rows("first: 10", "...P")} } ${fragment(9)}`);
    await isTooCostly(`{ ${rows("first: 10", "...P")} } ${fragment(10)}`, "110 nodes");
    await isTooCostly(`{ ${rows("first: 10", "... on Recommendation { ...P }")} } ${fragment(10)}`, "110 nodes");
  });

  it("counts rows of every id that is asked for", async () => {
    await start({ MAX_NODES: "33" });
    const text = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Company { people(first: 10) { nodes { id } } } } }";
    await passes(text, { ids: ["a", "b", "c"] });
    await isTooCostly(text, "44 nodes", { ids: ["a", "b", "c", "d"] });
    await isTooCostly(
      `{ nodes(ids: ["a", "b", "c", "d"]) { ... on Company { people(first: 10) { nodes { id } } } } }`,
      "44 nodes",
    );
  });

  it("counts ids and representations themselves, as often as they are asked for", async () => {
    await start({ MAX_NODES: "6" });
    const ids = "query($ids: [ID!]!) { a: nodes(ids: $ids) { id } b: nodes(ids: $ids) { id } }";
    await passes(ids, { ids: ["a", "b", "c"] });
    await isTooCostly(ids, "8 nodes", { ids: ["a", "b", "c", "d"] });
    const entities =
      "query($of: [_Any!]!) { a: _entities(representations: $of) { __typename } b: _entities(representations: $of) { __typename } }";
    const of = (count: number) => ({ of: listOf(count, () => ({ __typename: "Company", domain: "a.example" })) });
    await passes(entities, of(3));
    await isTooCostly(entities, "8 nodes", of(4));
  });

  it.each(["constructor", "toString", "valueOf", "hasOwnProperty"])(
    "reads the variable $%s as any other",
    async (name) => {
      await start({ MAX_NODES: "11", MAX_PROVIDER_CALLS: "1" });
      const inner = "... on Company { people(first: 10) { nodes { id } } }";
      const nodes = `query($${name}: [ID!]!) { nodes(ids: $${name}) { ${inner} } }`;
      await passes(nodes, { [name]: ["a"] });
      await isTooCostly(nodes, "22 nodes", { [name]: ["a", "b"] });
      const representation = { __typename: "Company", domain: "a.example" };
      const entities = `query($${name}: [_Any!]!) { _entities(representations: $${name}) { ${inner} } }`;
      await passes(entities, { [name]: [representation] });
      await isTooCostly(entities, "22 nodes", { [name]: [representation, representation] });
      const similar = `query($${name}: Int) { similarCompanies(companies: [{ lushaCompanyId: "1" }], first: $${name}) { nodes { id } } }`;
      await isTooCostly(similar, "12 nodes", { [name]: 12 });
      expect(await app.send(nodes)).toMatchObject({
        status: 400,
        errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
      });
    },
  );

  it("reads the variable $__proto__ as any other", async () => {
    await start({ MAX_NODES: "1" });
    const preflight = { headers: { "apollo-require-preflight": "1" } };
    const ask = async (variables: string) => {
      const query = "query($__proto__: [ID!]!) { nodes(ids: $__proto__) { id } }";
      const response = await fetch(`${app.url}?${new URLSearchParams({ query, variables }).toString()}`, preflight);
      return { status: response.status, ...((await response.json()) as object) };
    };
    expect(await ask('{ "__proto__": ["a"] }')).toEqual({ status: 200, data: { nodes: [null] } });
    expect(await ask('{ "__proto__": ["a", "b"] }')).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "OPERATION_TOO_COSTLY" } }],
    });
    expect(await ask("{}")).toMatchObject({ status: 400, errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
  });
});

describe("MAX_FIELDS", () => {
  it("counts every field selected, at any depth, multiplied by the lists above it", async () => {
    await start({ MAX_FIELDS: "35" });
    // 1 for the page, 1 for `nodes`, 3 in each of 10 rows, 2 for the page info, 1 at the root
    const text = (fields: string) =>
      `{ a: __typename ${rows("first: 10", "id b: __typename provider").replace("{", `{ pageInfo { hasNextPage ${fields} }`)} }`;
    await passes(text(""));
    await isTooCostly(text("c: __typename"), "36 fields");
  });

  it("assumes a length of lists that no argument tells", async () => {
    await start({ MAX_FIELDS: "1" });
    const sizes = {
      "providers { provider }": 1 + 4,
      "icps(first: 1) { nodes { companies { industries } } }": 2 + 2,
      "icps(first: 1) { nodes { exampleCompanies { id } } }": 2 + 1 + 100,
      "icps(first: 2) { edges { node { id } } }": 2 + 2 * 2,
      [rows("first: 1", "reasons { type }")]: 2 + 1 + 5,
      [rows("first: 1", "company { sources { provider fields } locations { country } }")]: 2 + 1 + 11 + 6,
      [rows("first: 0", "id")]: 2,
      '_entities(representations: [{ __typename: "Company" }, {}]) { __typename }': 1 + 2,
    };
    for (const [text, size] of Object.entries(sizes)) await isTooCostly(`{ ${text} }`, ` ${size} fields`);
  });

  it("is 500000", async () => {
    await start();
    const text = (fields: number) =>
      `{ ${rows("first: 99", `people(first: 100) { nodes { ${listOf(fields, (i) => `a${i}: __typename`).join(" ")} } }`)} }`;
    await passes(text(50));
    await isTooCostly(text(51), "505100 fields");
  });
});

describe("MAX_PROVIDER_CALLS", () => {
  const ofUsers = (count: number) =>
    listOf(count, (i) => `u${i}: icp(externalUserId: "u${i}") { recommendations(first: 1) { nodes { id } } }`).join(
      " ",
    );

  it("is 20, and one more is refused", async () => {
    await start();
    await passes(`{ ${ofUsers(20)} }`);
    await isTooCostly(`{ ${ofUsers(21)} }`, "21 provider calls");
  });

  it("counts one list once, whatever windows are asked of it, and a longer page as all its calls", async () => {
    await start({ MAX_PROVIDER_CALLS: "2", SURFE_MAX_WINDOW: "10" });
    await passes(`{ a: ${rows("first: 1")} b: ${rows("first: 10")} c: ${rows("first: 3")} }`);
    await passes(`{ ${rows("first: 19")} }`);
    await isTooCostly(`{ ${rows("first: 20")} }`, "3 provider calls");
    await isTooCostly(`{ a: ${rows("first: 20")} b: ${rows("first: 1")} }`, "3 provider calls");
    await passes(`{ ${rows("first: 0")} icp(externalUserId: "u1") { recommendations(first: 19) { nodes { id } } } }`);
  });

  it("multiplies by the rows above, and counts a mutation's", async () => {
    await start({ MAX_PROVIDER_CALLS: "3" });
    await passes("{ icps(first: 3) { nodes { recommendations(first: 1) { nodes { id } } } } }");
    await isTooCostly(
      "{ icps(first: 4) { nodes { recommendations(first: 1) { nodes { id } } } } }",
      "4 provider calls",
    );
    const save = (i: number) => `m${i}: upsertICP(input: { externalUserId: "m${i}" }) { icp { id } }`;
    await passes(`mutation { ${listOf(3, save).join(" ")} }`);
    await isTooCostly(`mutation { ${listOf(4, save).join(" ")} }`, "4 provider calls");
  });

  it("bounds what is made too: where a day's turn takes a second call, the next page makes it", async () => {
    let now = new Date("2026-11-20T10:00:00Z");
    app = await startTestApp({ surfe: { companies: 30 }, env: { MAX_PROVIDER_CALLS: "1" }, now: () => now });
    await app.query(SaveLimitsProfile);
    const first = await app.query(LimitedPage, { first: 10 });
    expect(first.data.recommendations?.nodes).toHaveLength(10);
    now = new Date("2026-11-21T10:00:00Z");
    const after = first.data.recommendations?.pageInfo.endCursor ?? null;
    app.surfe.control.clearCalls();
    const second = await app.query(LimitedPage, { first: 15, after });
    expect(second).toEqual({
      status: 200,
      data: {
        recommendations: {
          nodes: listOf(11, () => ({ company: { domain: expect.any(String) } })),
          pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
          issues: [{ provider: "SURFE", code: "PROVIDER_CALLS_EXHAUSTED", message: EXHAUSTED }],
        },
      },
    });
    expect(callsOf(app.surfe)).toEqual(["fetch 9-25"]);
    const third = await app.query(LimitedPage, {
      first: 15,
      after: second.data.recommendations?.pageInfo.endCursor ?? null,
    });
    expect(third.data.recommendations).toMatchObject({ nodes: listOf(9, () => ({})), issues: [] });
    expect(callsOf(app.surfe)).toEqual(["fetch 9-25", "fetch 0-10"]);
  });

  it("of nothing lets through what needs no call", async () => {
    await start({ MAX_PROVIDER_CALLS: "0" });
    await passes("{ providers { provider } icps { nodes { id } } }");
    await isTooCostly(`{ ${rows("first: 1")} }`, "1 provider calls");
  });
});

describe("MAX_TOKENS", () => {
  const FIXED_TOKENS = "{ nodes ( ids : [ ] ) { id } }".split(" ").length;
  const text = (tokens: number) => `{ nodes(ids: [${listOf(tokens - FIXED_TOKENS, () => '"x"').join(" ")}]) { id } }`;

  it("is the most that is read, and one more is refused", async () => {
    await start({ MAX_TOKENS: "32" });
    await passes(text(32));
    await isTooCostly(text(33), "more than 32 tokens");
  });

  it("bounds nothing that the parser could not read: what nests too deeply for it is refused likewise", async () => {
    await start({ MAX_TOKENS: "200000" });
    const lists = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    await isTooCostly(
      `{ _entities(representations: ${lists}) { __typename } }`,
      "This document is nested too deeply to be read.",
    );
  });

  it("is 5000", async () => {
    await start();
    await passes(text(5000));
    await isTooCostly(text(5001), "more than 5000 tokens");
  });
});

describe("introspection", () => {
  it("is subject to none of the limits of other fields but that of tokens", async () => {
    await start({ MAX_DEPTH: "1", MAX_ALIASES: "0", MAX_NODES: "1", MAX_FIELDS: "1", MAX_PROVIDER_CALLS: "0" });
    await passes("{ a: __schema { b: types { c: fields { d: type { ofType { ofType { ofType { name } } } } } } } }");
    await passes('{ __type(name: "Company") { fields { type { name } } } }');
    await passes("{ _service { sdl } }");
  });

  it("takes the full queries of GraphiQL and of GraphQL Code Generator", async () => {
    await start();
    // As @graphiql/react asks, with everything that its properties can add.
    await passes(getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true }));
    const folder = temporaryFolder();
    const config = { schema: app.url, generates: { [join(folder.path, "types.ts")]: { plugins: ["typescript"] } } };
    writeFileSync(join(folder.path, "codegen.json"), JSON.stringify(config));
    await run(process.execPath, [CODEGEN, "--config", join(folder.path, "codegen.json"), "--silent"], { cwd: ROOT });
    expect(readFileSync(join(folder.path, "types.ts"), "utf8")).toContain("export type Company = Node &");
    folder.remove();
  });

  it("does not take them many times over", async () => {
    await start();
    const [operation, ...fragments] = parse(getIntrospectionQuery()).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("it begins with a fragment");
    const fields = operation.selectionSet.selections.map(print).join(" ");
    const times = (count: number) =>
      `{ ${listOf(count, (i) => `a${i}: ${fields}`).join(" ")} } ${fragments.map(print).join(" ")}`;
    await passes(times(1));
    await isTooCostly(times(10), "fields of introspection; at most 20000 are allowed");
  });

  it.each([
    [
      "many aliases",
      `{ ${listOf(11, (i) => `a${i}: __schema { queryType { name } }`).join(" ")} }`,
      "11 aliases of introspection",
    ],
    [
      "the subgraph's text many times",
      `{ _service { ${listOf(11, (i) => `a${i}: sdl`).join(" ")} } }`,
      "11 aliases of introspection",
    ],
    [
      "types in types",
      `{ __schema { a: types { ...Uses } b: types { ...Uses } c: types { ...Uses } } }
      fragment Uses on __Type { fields { type { ...Fields ofType { ...Fields ofType { ...Fields ofType { ...Fields } } } } } }
      fragment Fields on __Type { name kind fields { name description isDeprecated deprecationReason type { name kind ofType { name kind } } args { name description type { name kind } } } }`,
      "fields of introspection",
    ],
    [
      "depth",
      `{ __type(name: "Query") { ${"ofType { ".repeat(20)} name ${"} ".repeat(20)} } }`,
      "22 levels of fields of introspection",
    ],
  ])("takes only so much of %s", async (_, text, message) => {
    await start();
    await isTooCostly(text, message);
  });
});

describe("fragment bombs", () => {
  it("are refused where each level doubles the fields", async () => {
    await start({ MAX_DEPTH: "1000", MAX_ALIASES: "1000000" });
    const twice = (spread: string) =>
      `a: people { nodes { company { ${spread} } } } b: people { nodes { company { ${spread} } } }`;
    await isTooCostly(
      `{ company(domain: "a.com") { ...F40 } } ${bomb(40, twice, "name")}`,
      "10001 fields, with fragments expanded",
    );
  });

  it("are refused where the innermost fragment is long as well", async () => {
    await start({ MAX_DEPTH: "1000", MAX_ALIASES: "1000000" });
    const twice = (spread: string) =>
      `a: people { nodes { company { ${spread} } } } b: people { nodes { company { ${spread} } } }`;
    const long = listOf(50, () => "name").join(" ");
    await isTooCostly(`{ company(domain: "a.com") { ...F12 } } ${bomb(12, twice, long)}`, "fields");
  });

  it("cost nothing where the fields are the same", async () => {
    await start();
    const same = (spread: string) => `${spread} ... { ${spread} } ... on Company { ${spread} }`;
    await passes(`{ company(domain: "a.com") { ...F30 } } ${bomb(30, same, "name")}`);
  });

  it("are invalid where they turn in a circle", async () => {
    await start();
    const { status, errors } = await app.send(
      '{ company(domain: "a.com") { ...A } } fragment A on Company { ...B } fragment B on Company { ...A }',
    );
    expect(status).toBe(400);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
  });
});
