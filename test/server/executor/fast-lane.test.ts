import { hash } from "node:crypto";
import { beforeEach, describe, expect, it } from "@jest/globals";
import type { FastifyRequest } from "fastify";
import {
  GraphQLBoolean,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  Kind,
  parse,
} from "graphql";
import { RequestContext, type GraphServices } from "../../../src/graphql/context";
import { RECORDED } from "../../../src/graphql/recorded";
import { CompiledQueries } from "../../../src/server/executor/compiled-queries";
import { FastLane } from "../../../src/server/executor/fast-lane";
import { KeptAnswers } from "../../../src/server/executor/kept-answers";
import { OperationLimiter } from "../../../src/server/limits/operation-limiter";
import { KnownOperations } from "../../../src/server/operations/known-operations";
import { present } from "../../support/present";

interface Row {
  readonly name: string;
}

let made: string[];
let pages: Record<string, unknown>;
let writes: Record<string, number>;
let lane: FastLane;
let queries: CompiledQueries;
let operations: KnownOperations;

const Row = new GraphQLObjectType<Row, RequestContext>({
  name: "Row",
  fields: {
    name: { type: GraphQLString },
    greeting: { type: GraphQLString, extensions: RECORDED, resolve: ({ name }) => greet(name) },
    slowGreeting: { type: GraphQLString, extensions: RECORDED, resolve: ({ name }) => Promise.resolve(greet(name)) },
    cost: { type: GraphQLString, resolve: ({ name }) => greet(name) },
    fault: { type: GraphQLString, extensions: RECORDED, resolve: ({ name }) => fail(greet(name)) },
  },
});

const page = { args: { size: { type: GraphQLInt, defaultValue: 1 } }, type: new GraphQLList(Row) };
const schema = new GraphQLSchema({
  query: new GraphQLObjectType<unknown, RequestContext>({
    name: "Query",
    fields: {
      page: { ...page, extensions: RECORDED, resolve: (_, { size }, { tenant }) => pageOf(tenant, size as number) },
      late: { ...page, extensions: RECORDED, resolve: async (_, __, { tenant }) => Promise.resolve(pages[tenant]) },
      other: { ...page, extensions: RECORDED, resolve: () => pages["other"] },
      fresh: { ...page, extensions: RECORDED, resolve: () => [{ name: "Fresh" }] },
      unmarked: { ...page, resolve: (_, __, { tenant }) => pages[tenant] },
      flag: { type: GraphQLBoolean, extensions: RECORDED, resolve: () => true },
    },
  }),
});

function greet(name: string): string {
  made.push(name);
  return `Hello ${name}`;
}

function fail(message: string): never {
  throw new Error(message);
}

function pageOf(tenant: string, size: number): unknown {
  made.push(`page ${size}`);
  const rows = pages[tenant];
  return rows instanceof Error ? fail(rows.message) : rows;
}

function laneThatKeepsAfter(times: number): FastLane {
  return new FastLane({
    operations,
    queries,
    kept: new KeptAnswers(times),
    limiter: new OperationLimiter(schema, { depth: 9, aliases: 9, nodes: 9, providerCalls: 9 }, {}),
    formatError: ({ message }) => ({ message }),
  });
}

beforeEach(() => {
  made = [];
  pages = { acme: [{ name: "Ada" }], other: [{ name: "Bob" }] };
  writes = { acme: 0, other: 0 };
  queries = new CompiledQueries(0);
  operations = new KnownOperations();
  lane = laneThatKeepsAfter(0);
});

const services = { entities: { writes: (tenant: string) => writes[tenant] ?? 0 } } as unknown as GraphServices;

/** What is answered to a plain request, and which resolvers made it. */
async function ask(text: string, variables?: object, { tenant = "acme", headers = {}, more = {} } = {}) {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("no operation");
  queries.get({ text, operationName: undefined, schema, document, operation });
  void operations.documentStore.set(hash("sha256", text), document);
  made = [];
  const request = {
    headers: { "content-type": "application/json", ...headers },
    body: { query: text, variables, ...more },
  };
  const context = new RequestContext(tenant, services, null, () => new AbortController().signal);
  const answer = await lane.answer(request as unknown as FastifyRequest, () => context);
  return { answer: answer && (JSON.parse(answer.body.toString()) as unknown), made };
}

const PAGE = "query ($size: Int) { page(size: $size) { name greeting } }";
const ada = { data: { page: [{ name: "Ada", greeting: "Hello Ada" }] } };

describe("FastLane.answer", () => {
  it("takes requests that name their client, and no other extension", async () => {
    const clientLibrary = { name: "@apollo/client", version: "4.3.8" };
    expect((await ask(PAGE, {}, { more: { extensions: { clientLibrary } } })).answer).toEqual(ada);
    expect((await ask(PAGE, {}, { more: { extensions: null } })).answer).toEqual(ada);
    for (const more of [{ extensions: { clientLibrary, persistedQuery: {} } }, { extensions: [] }, { id: "1" }]) {
      expect(await ask(PAGE, {}, { more })).toEqual({ answer: null, made: [] });
    }
  });
});

describe("a kept answer", () => {
  it("is sent again without being made again, while its root fields are asked each time", async () => {
    expect(await ask(PAGE)).toEqual({ answer: ada, made: ["page 1", "Ada"] });
    expect(await ask(PAGE)).toEqual({ answer: ada, made: ["page 1"] });
    expect(await ask(PAGE)).toEqual({ answer: ada, made: ["page 1"] });
  });

  it("is kept once it was made so often, and from then on whenever it is made", async () => {
    lane = laneThatKeepsAfter(2);
    for (let i = 0; i < 3; i++) expect((await ask(PAGE)).made).toEqual(["page 1", "Ada"]);
    expect((await ask(PAGE)).made).toEqual(["page 1"]);
    writes["acme"] = 1;
    expect((await ask(PAGE)).made).toEqual(["page 1", "Ada"]);
    expect((await ask(PAGE)).made).toEqual(["page 1"]);
  });

  it("may take a while to be made, and to be asked for", async () => {
    const text = "{ late { slowGreeting } }";
    const answer = { data: { late: [{ slowGreeting: "Hello Ada" }] } };
    expect(await ask(text)).toEqual({ answer, made: ["Ada"] });
    expect(await ask(text)).toEqual({ answer, made: [] });
  });

  it("is made again where a root field gives another object, even one that reads the same", async () => {
    await ask(PAGE);
    pages["acme"] = [{ name: "Ada" }];
    expect(await ask(PAGE)).toEqual({ answer: ada, made: ["page 1", "Ada"] });
    pages["acme"] = [{ name: "Eve" }];
    expect((await ask(PAGE)).answer).toEqual({ data: { page: [{ name: "Eve", greeting: "Hello Eve" }] } });
    expect((await ask(PAGE)).made).toEqual(["page 1"]);
  });

  it("has all its root fields asked, by whatever names", async () => {
    const text = "{ a: page { name } b: page(size: 2) { name } other { greeting } }";
    const answer = { data: { a: [{ name: "Ada" }], b: [{ name: "Ada" }], other: [{ greeting: "Hello Bob" }] } };
    expect(await ask(text)).toEqual({ answer, made: ["page 1", "page 2", "Bob"] });
    expect(await ask(text)).toEqual({ answer, made: ["page 1", "page 2"] });
    pages["other"] = [{ name: "Eve" }];
    expect(await ask(text)).toEqual({
      answer: { data: { ...answer.data, other: [{ greeting: "Hello Eve" }] } },
      made: ["page 1", "page 2", "Eve"],
    });
  });

  it("is made again where something was written for the tenant", async () => {
    await ask(PAGE);
    writes["other"] = 1;
    expect((await ask(PAGE)).made).toEqual(["page 1"]);
    writes["acme"] = 1;
    expect(await ask(PAGE)).toEqual({ answer: ada, made: ["page 1", "Ada"] });
    expect((await ask(PAGE)).made).toEqual(["page 1"]);
  });

  it("is not sent where something was written while it was made, or asked for", async () => {
    const text = "{ late { slowGreeting } }";
    const making = ask(text);
    writes["acme"] = 1;
    await making;
    expect((await ask(text)).made).toEqual(["Ada"]);
    const asking = ask(text);
    writes["acme"] = 2;
    expect((await asking).made).toEqual(["Ada"]);
    expect((await ask(text)).made).toEqual(["Ada"]);
    expect((await ask(text)).made).toEqual([]);
  });

  it("is for one tenant", async () => {
    await ask(PAGE);
    pages["other"] = pages["acme"];
    expect(await ask(PAGE, {}, { tenant: "other" })).toEqual({ answer: ada, made: ["page 1", "Ada"] });
    pages["other"] = [{ name: "Bob" }];
    const bob = { data: { page: [{ name: "Bob", greeting: "Hello Bob" }] } };
    expect(await ask(PAGE, {}, { tenant: "other" })).toEqual({ answer: bob, made: ["page 1", "Bob"] });
    expect((await ask(PAGE)).made).toEqual(["page 1"]);
  });

  it("is for one operation and its variables", async () => {
    await ask(PAGE, { size: 1 });
    expect((await ask(PAGE, { size: 2 })).made).toEqual(["page 2", "Ada"]);
    expect((await ask(PAGE, { size: 2 })).made).toEqual(["page 2"]);
    expect((await ask(`${PAGE} `, { size: 2 })).made).toEqual(["page 2", "Ada"]);
    const text = "query ($with: Boolean!) { page { name greeting @include(if: $with) } }";
    for (let i = 0; i < 2; i++) {
      expect((await ask(text, { with: true })).answer).toEqual(ada);
      expect((await ask(text, { with: false })).answer).toEqual({ data: { page: [{ name: "Ada" }] } });
    }
  });

  it("has no error: one below the root is found anew, and one of a root field is told when it comes", async () => {
    const faulty = { data: { page: [{ fault: null }] }, errors: [{ message: "Hello Ada" }] };
    expect(await ask("{ page { fault } }")).toEqual({ answer: faulty, made: ["page 1", "Ada"] });
    expect(await ask("{ page { fault } }")).toEqual({ answer: faulty, made: ["page 1", "Ada"] });
    const kept = pages["acme"];
    await ask(PAGE);
    pages["acme"] = new Error("expired");
    expect(await ask(PAGE)).toEqual({
      answer: { data: { page: null }, errors: [{ message: "expired" }] },
      made: ["page 1"],
    });
    pages["acme"] = kept;
    expect(await ask(PAGE)).toEqual({ answer: ada, made: ["page 1"] });
  });

  it("is none where a field reads something else, or a root field gives another object each time", async () => {
    for (const field of ["page { cost }", "unmarked { greeting }", "fresh { greeting }", "flag page { greeting }"]) {
      const { answer, made: first } = await ask(`{ ${field} }`);
      expect(await ask(`{ ${field} }`)).toEqual({ answer, made: first });
    }
  });

  it("is not for requests that go the whole way", async () => {
    await ask(PAGE);
    const whole = { answer: null, made: [] };
    expect(await ask(PAGE, {}, { headers: { "apollo-federation-include-trace": "ftv1" } })).toEqual(whole);
    expect(await ask(PAGE, {}, { headers: { accept: "text/html" } })).toEqual(whole);
    for (const field of ["page { greeting }", "page { cost }"]) {
      const costly = `{ ${Array.from({ length: 10 }, (_, i) => `a${i}: ${field}`).join(" ")} }`;
      expect([await ask(costly), await ask(costly)]).toEqual([whole, whole]);
    }
  });

  it("makes room for others where they are too many or too long", async () => {
    pages["acme"] = [{ name: "A".repeat(1_500_000) }];
    const name = present(pages["acme"] as Row[])[0]?.name;
    const sizes = [1, 2, 3, 4];
    for (const size of sizes) expect((await ask(PAGE, { size })).made).toEqual([`page ${size}`, name]);
    expect((await ask(PAGE, { size: 4 })).made).toEqual(["page 4"]);
    expect((await ask(PAGE, { size: 1 })).made).toEqual(["page 1", name]);
  });
});
