import { join } from "node:path";
import { Trace } from "@apollo/usage-reporting-protobuf";
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { isObjectType } from "graphql";
import { entityKey } from "../../src/domain/entity-key";
import { printSubgraph } from "../../src/graphql/federation/print-graph";
import { buildGraph } from "../../src/graphql/schema";
import { QueryExecutor } from "../../src/server/executor/query-executor";
import { entityId } from "../../src/relay/global-id";
import { SqliteConnection } from "../../src/store/sql/sqlite-connection";
import { present } from "../support/present";
import { temporaryFolder } from "../support/server-process";
import { callsOf, startTestApp, type Answer, type TestApp } from "../support/test-app";

const ENTITIES = `query($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Company { id name recommendations(first: 1) { totalCount } }
    ... on Person { id fullName }
    ... on Recommendation { id score }
    ... on ICP { id externalUserId }
  }
}`;

interface Row {
  readonly id: string;
  readonly score: number;
  readonly company: {
    readonly id: string;
    readonly name: string;
    readonly domain: string;
    readonly linkedinUrl: string | null;
  };
  readonly people: {
    readonly nodes: readonly { readonly id: string; readonly fullName: string; readonly linkedinUrl: string | null }[];
  };
}

let app: TestApp;
let folder: ReturnType<typeof temporaryFolder>;
let icp: string;
let rows: readonly Row[];
let lines: string[];

beforeAll(async () => {
  folder = temporaryFolder();
  lines = [];
  app = await startTestApp({
    surfe: { companies: 60 },
    databasePath: join(folder.path, "federation.db"),
    env: { INTROSPECTION: "off" },
    log: (line) => lines.push(line),
  });
  const saved = await app.send(`mutation { upsertICP(input: { externalUserId: "u1" }) { icp { id } } }`);
  icp = (saved.data as { readonly upsertICP: { readonly icp: { readonly id: string } } }).upsertICP.icp.id;
  const { data } = await app.send(`{
    recommendations(externalUserId: "u1", first: 50) {
      nodes { id score company { id name domain linkedinUrl } people(first: 1) { nodes { id fullName linkedinUrl } } }
    }
  }`);
  rows = (data as { readonly recommendations: { readonly nodes: readonly Row[] } }).recommendations.nodes;
  app.surfe.control.clearCalls();
});
afterAll(async () => {
  await app.stop();
  folder.remove();
});
afterEach(() => {
  jest.restoreAllMocks();
  expect(callsOf(app.surfe)).toEqual([]);
});

/** Every way of referring to what a row is about, and what each leads to. */
function referencesTo({ id, score, company, people }: Row): readonly (readonly [object, object | null])[] {
  const found = { __typename: "Company", id: company.id, name: company.name, recommendations: { totalCount: 1 } };
  const [person] = people.nodes;
  return [
    [{ __typename: "Company", domain: `https://www.${company.domain.toUpperCase()}/` }, found],
    [{ __typename: "Company", ...byPage(company) }, found],
    person
      ? [
          { __typename: "Person", ...byPage(person) },
          { __typename: "Person", id: person.id, fullName: person.fullName },
        ]
      : [{ __typename: "Person", linkedinUrl: "linkedin.com/in/nobody" }, null],
    [
      { __typename: "Recommendation", id },
      { __typename: "Recommendation", id, score },
    ],
    [
      { __typename: "ICP", id: icp },
      { __typename: "ICP", id: icp, externalUserId: "u1" },
    ],
  ];
}

/** By the LinkedIn page, where there is one. */
function byPage({ id, linkedinUrl }: { readonly id: string; readonly linkedinUrl: string | null }): object {
  return linkedinUrl === null ? { id } : { linkedinUrl: `${linkedinUrl}/about?x=1` };
}

describe("_entities", () => {
  it("answers two hundred representations in their order, with a bounded number of SQL queries", async () => {
    await app.restart(); // nothing is in memory
    const asked = rows.slice(0, 40).flatMap(referencesTo);
    const representations = asked.map(([representation]) => representation);
    const answer = { status: 200, data: { _entities: asked.map(([, entity]) => entity) } };
    expect(representations).toHaveLength(200);
    const reads = jest.spyOn(SqliteConnection.prototype, "rows");
    const asksFor = () => reads.mock.calls.map(([{ name }]) => name);
    expect(await app.send(ENTITIES, { representations })).toEqual(answer);
    // by key, the companies and people, and what is recommended; the profile; the feed and its rows
    expect(asksFor().sort()).toEqual([
      "entities by name",
      "heads of feeds",
      "profiles",
      "recommendations of subjects",
      "rows of feeds",
    ]);
    reads.mockClear();
    expect(await app.send(ENTITIES, { representations })).toEqual(answer);
    expect(asksFor()).toEqual(["profiles"]);
  });

  it("answers null for what names nothing or nothing known, at no cost to the others", async () => {
    const [first, second] = rows.map(({ company }) => company);
    const representations = [
      { __typename: "Company", domain: first?.domain },
      { __typename: "Company", domain: "nowhere.example" },
      { __typename: "Company", domain: "com" },
      { __typename: "Company", domain: 1 },
      { __typename: "Company", id: "garbage" },
      { __typename: "Company", id: icp },
      { __typename: "Company" },
      { __typename: "Person", linkedinUrl: "linkedin.com/in/nobody" },
      { __typename: "Recommendation", id: first?.id },
      { __typename: "ICP", id: "" },
      { __typename: "Account", id: "1" },
      { __typename: "Node", id: first?.id },
      {},
      "Company",
      { __typename: "Company", id: second?.id },
    ];
    const text =
      "query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Node { id } } }";
    expect(await app.send(text, { representations })).toEqual({
      status: 200,
      data: {
        _entities: [{ id: first?.id }, ...Array.from({ length: 13 }, () => null), { id: second?.id }],
      },
    });
  });

  it("takes representations that are written in the operation, one without a list too", async () => {
    const domain = rows[0]?.company.domain ?? "";
    const one = `{ __typename: "Company", domain: "${domain}" }`;
    for (const representations of [`[${one}]`, one]) {
      expect(
        await app.send(`{ _entities(representations: ${representations}) { ... on Company { domain } } }`),
      ).toEqual({
        status: 200,
        data: { _entities: [{ domain }] },
      });
    }
  });

  it("resolves the id of a company from before it was joined to what it became", async () => {
    const { id, linkedinUrl } = present(rows.map(({ company }) => company).find((one) => one.linkedinUrl !== null));
    const older = entityId(entityKey("Company", "linkedin", present(linkedinUrl?.split("/").at(-1))));
    const representations = [{ __typename: "Company", id: older }];
    const { data } = await app.send(ENTITIES, { representations });
    expect(older).not.toBe(id);
    expect(data).toMatchObject({ _entities: [{ __typename: "Company", id }] });
  });
});

describe("the limits of an operation", () => {
  const companies = (count: number) => Array.from({ length: count }, () => ({ __typename: "Company" }));
  const refused = (message: string) => ({
    status: 400,
    errors: [{ message: expect.stringContaining(message), extensions: { code: "OPERATION_TOO_COSTLY" } }],
  });

  it("count representations as the nodes of a list", async () => {
    const text = (first: number) => `query($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Company { people(first: ${String(first)}) { nodes { id } } } }
    }`;
    expect(await app.send(text(99), { representations: companies(200) })).toEqual({
      status: 200,
      data: { _entities: companies(200).map(() => null) },
    });
    expect(await app.send(text(100), { representations: companies(200) })).toEqual(refused("20200 nodes"));
    expect(await app.send(text(99), { representations: companies(201) })).toEqual(refused("20100 nodes"));
  });

  it("count the provider calls of every representation", async () => {
    const text = `query($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on ICP { recommendations(first: 1) { nodes { id } } } }
    }`;
    expect(await app.send(text, { representations: companies(20) })).toMatchObject({ status: 200 });
    expect(await app.send(text, { representations: companies(21) })).toEqual(refused("21 provider calls"));
  });
});

describe("_service", () => {
  it("answers where introspection is off and every other limit is as low as it goes", async () => {
    const limits = { MAX_DEPTH: "1", MAX_ALIASES: "0", MAX_NODES: "1", MAX_PROVIDER_CALLS: "0" };
    await app.restart(limits);
    expect(await app.send("{ _service { sdl } }")).toEqual({
      status: 200,
      data: { _service: { sdl: printSubgraph(buildGraph()) } },
    });
    expect(await app.send("{ __schema { types { name } } }")).toMatchObject({ status: 400 });
    await app.restart({ MAX_DEPTH: "", MAX_ALIASES: "", MAX_NODES: "", MAX_PROVIDER_CALLS: "" });
  });
});

describe("a federated trace", () => {
  const FTV1 = { "apollo-federation-include-trace": "ftv1" };

  interface Traced extends Answer<unknown> {
    readonly extensions?: { readonly ftv1: string };
  }

  async function traced(text: string): Promise<{ readonly answer: Answer<unknown>; readonly trace: Trace }> {
    const { extensions, ...answer } = (await app.send(text, {}, FTV1)) as Traced;
    return { answer, trace: Trace.decode(Buffer.from(present(extensions?.ftv1), "base64")) };
  }

  /** What a trace tells of each place in the answer: its type, or what went wrong there. */
  function toldOf({ child, type, error, responseName, index }: Trace.INode, above: readonly unknown[] = []): string[] {
    const path = [...above, responseName === "" ? index : responseName];
    const place = path.slice(1).join(".");
    return [
      ...(type ? [`${place}: ${type}`] : []),
      ...(error ?? []).map(({ message }) => `${place}! ${String(message)}`),
      ...(child ?? []).flatMap((one) => toldOf(one, path)),
    ];
  }

  it("tells how every field was resolved, where a router asks for it", async () => {
    const text = `{ company(domain: "surfe.com") { name recommendations(first: 1) { nodes { score } } } }`;
    const { answer, trace } = await traced(text);
    expect(answer).toEqual(await app.send(text));
    expect(toldOf(present(trace.root))).toEqual([
      "company: Company",
      "company.name: String",
      "company.recommendations: RecommendationConnection",
      "company.recommendations.nodes: [Recommendation!]!",
      "company.recommendations.nodes.0.score: Int",
    ]);
    expect(trace.durationNs).toBeGreaterThan(0);
  });

  it("tells of references too", async () => {
    const { trace } = await traced(
      `{ _entities(representations: { __typename: "Company", domain: "surfe.com" }) { ... on Company { name } } }`,
    );
    expect(toldOf(present(trace.root))).toEqual(["_entities: [_Entity]!", "_entities.0.name: String"]);
  });

  it("tells where an error was, and nothing of it", async () => {
    const { answer, trace } = await traced(`{ company(domain: "swordfish") { name } }`);
    expect(answer).toMatchObject({
      status: 200,
      data: { company: null },
      errors: [{ message: expect.stringContaining("swordfish"), extensions: { code: "BAD_USER_INPUT" } }],
    });
    expect(JSON.stringify(trace)).not.toContain("swordfish");
    expect(toldOf(present(trace.root))).toEqual(["company: Company", "company! <masked>"]);
  });

  it("tells nothing of what nobody foresaw, which is reported once", async () => {
    const before = lines.length;
    jest.spyOn(SqliteConnection.prototype, "rows").mockImplementation(() => {
      throw new Error("the password is swordfish");
    });
    const { answer, trace } = await traced(`{ company(domain: "unread.example") { name } }`);
    expect(answer).toMatchObject({
      data: { company: null },
      errors: [{ message: "Something went wrong on our side." }],
    });
    expect(JSON.stringify(trace)).not.toContain("swordfish");
    expect(toldOf(present(trace.root))).toEqual(["company: Company", "company! <masked>"]);
    expect(lines.slice(before).filter((line) => line.includes("swordfish"))).toHaveLength(1);
  });

  it("leaves the executor's resolvers as they were", async () => {
    await app.stop();
    app = await startTestApp({ executor: "own" });
    const run = jest.spyOn(QueryExecutor.prototype, "run");
    await traced(`{ company(domain: "surfe.com") { name } }`);
    await app.send(`{ afterwards: company(domain: "surfe.com") { name } }`);
    const { schema, resolvers } = present(run.mock.contexts.at(-1)) as QueryExecutor;
    const company = schema.getType("Company");
    const name = present(isObjectType(company) ? company.getFields()["name"] : undefined);
    expect([typeof name.resolve, resolvers.get(name)]).toEqual(["function", undefined]);
  });

  it("is told to nobody who does not ask", async () => {
    expect(await app.send("{ providers { provider } }")).not.toHaveProperty("extensions");
  });
});
