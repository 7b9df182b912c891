import { afterEach, describe, expect, it } from "@jest/globals";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";

const PROVIDERS = "{ providers { provider } }";
const SAVE = 'mutation { upsertICP(input: { externalUserId: "u1" }) { icp { id } } }';
const FOUND = { data: { providers: ["SURFE", "LUSHA", "LINKUP", "LETRICS"].map((provider) => ({ provider })) } };

let app: TestApp;
afterEach(() => app.stop());

/** Status, media type and parsed body of one HTTP exchange. */
async function exchange(init: RequestInit, search: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${app.url}?${new URLSearchParams(search).toString()}`, init);
  const type = response.headers.get("content-type")?.replace(/;.*/, "");
  return { status: response.status, type, body: await response.json() };
}

const post = (body: string, contentType = "application/json", headers: Readonly<Record<string, string>> = {}) =>
  exchange({ method: "POST", headers: { "content-type": contentType, ...headers }, body });

/** A refusal in GraphQL's shape, with nothing beside the errors. */
const refused = (status: number, code: string, message: unknown = expect.any(String)) => ({
  status,
  type: "application/json",
  body: { errors: [{ message, extensions: { code } }] },
});

describe("POST /graphql", () => {
  it("answers JSON, or what GraphQL over HTTP calls so", async () => {
    app = await startTestApp();
    const body = JSON.stringify({ query: PROVIDERS });
    expect(await post(body)).toEqual({ status: 200, type: "application/json", body: FOUND });
    expect(
      await post(body, "application/json; charset=utf-8", { accept: "application/graphql-response+json" }),
    ).toEqual({
      status: 200,
      type: "application/graphql-response+json",
      body: FOUND,
    });
  });

  it("reads BODY_LIMIT_BYTES and not one more", async () => {
    app = await startTestApp({ env: { BODY_LIMIT_BYTES: "300" } });
    const body = (length: number) => JSON.stringify({ query: PROVIDERS }).padEnd(length, " ");
    expect(await post(body(300))).toMatchObject({ status: 200, body: FOUND });
    expect(await post(body(301))).toEqual(refused(413, "BAD_REQUEST"));
  });

  it.each([
    ["malformed JSON", '{"query":', 400],
    ["no JSON", "providers", 400],
    ["an empty body", "", 400],
    ["null", "null", 400],
    ["a number", "1", 400],
    ["a string", JSON.stringify(PROVIDERS), 400],
    ["an array", JSON.stringify([{ query: PROVIDERS }]), 400],
    ["an empty array", "[]", 400],
    ["an object without a query", "{}", 400],
    ["a query that is no text", '{"query": 1}', 400],
    ["variables that are no object", JSON.stringify({ query: PROVIDERS, variables: "x" }), 400],
    ["a prototype", '{"query": "{ providers { provider } }", "__proto__": {"x": 1}}', 400],
  ])("refuses %s as a body", async (_, body, status) => {
    app = await startTestApp();
    expect(await post(body)).toEqual(refused(status, "BAD_REQUEST"));
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "refuses %s, which a browser sends to anybody without asking",
    async (contentType) => {
      app = await startTestApp();
      const answer = await post(JSON.stringify({ query: SAVE }), contentType);
      expect([400, 415]).toContain(answer.status);
      expect(answer).toEqual(refused(answer.status, "BAD_REQUEST"));
      expect(callsOf(app.surfe)).toEqual([]);
    },
  );

  it("executes nothing whose answer the client does not take", async () => {
    app = await startTestApp();
    expect(await post(JSON.stringify({ query: SAVE }), "application/json", { accept: "text/html" })).toEqual(
      refused(406, "BAD_REQUEST", expect.stringContaining("the Accept header of this request allows neither")),
    );
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("refuses in the media type that the client prefers", async () => {
    app = await startTestApp();
    for (const accept of ["application/graphql-response+json", "application/graphql-response+json, application/json"]) {
      const answer = await post('{"query":', "application/json", { accept });
      expect(answer).toEqual({ ...refused(400, "BAD_REQUEST"), type: "application/graphql-response+json" });
    }
  });

  it("refuses a body of no type at all", async () => {
    app = await startTestApp();
    const body = new Blob([JSON.stringify({ query: SAVE })]);
    const answer = await exchange({ method: "POST", body });
    expect([400, 415]).toContain(answer.status);
    expect(answer).toEqual(refused(answer.status, "BAD_REQUEST"));
    expect(callsOf(app.surfe)).toEqual([]);
  });
});

describe("GET /graphql", () => {
  const preflight = { headers: { "apollo-require-preflight": "true" } };

  it("answers queries, with variables and an operation's name", async () => {
    app = await startTestApp();
    expect(await exchange(preflight, { query: PROVIDERS })).toMatchObject({ status: 200, body: FOUND });
    const query = "query A($id: ID!) { node(id: $id) { id } } query B { providers { provider } }";
    expect(await exchange(preflight, { query, operationName: "B" })).toMatchObject({ status: 200, body: FOUND });
    expect(
      await exchange(preflight, { query, operationName: "A", variables: JSON.stringify({ id: "x" }) }),
    ).toMatchObject({ status: 200, body: { data: { node: null } } });
  });

  it("refuses mutations, and makes no call", async () => {
    app = await startTestApp();
    expect(await exchange(preflight, { query: SAVE })).toEqual(refused(405, "BAD_REQUEST"));
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("refuses what a browser could be made to send", async () => {
    app = await startTestApp();
    expect(await exchange({}, { query: PROVIDERS })).toEqual(
      refused(400, "BAD_REQUEST", expect.stringContaining("CSRF")),
    );
  });

  it("refuses variables that are no JSON, and no query", async () => {
    app = await startTestApp();
    expect(await exchange(preflight, { query: PROVIDERS, variables: "{" })).toEqual(refused(400, "BAD_REQUEST"));
    expect(await exchange(preflight, {})).toEqual(refused(400, "BAD_REQUEST"));
  });
});

describe("other methods and paths", () => {
  it.each(["PUT", "DELETE", "PATCH", "OPTIONS"])("refuses %s, and names those that are taken", async (method) => {
    app = await startTestApp();
    const response = await fetch(app.url, { method });
    expect([response.status, response.headers.get("allow"), await response.json()]).toEqual([
      405,
      "GET, POST",
      { errors: [{ message: "The graph takes GET and POST requests.", extensions: { code: "BAD_REQUEST" } }] },
    ]);
  });

  it("has nothing elsewhere", async () => {
    app = await startTestApp();
    const response = await fetch(new URL("/elsewhere", app.url));
    expect([response.status, await response.json()]).toEqual([
      404,
      {
        errors: [{ message: "There is nothing here. The graph is at /graphql.", extensions: { code: "BAD_REQUEST" } }],
      },
    ]);
  });
});

describe("a wrong document", () => {
  it.each([
    ["a syntax error", "{ providers {", "GRAPHQL_PARSE_FAILED", "Syntax Error"],
    ["an empty document", " ", "GRAPHQL_PARSE_FAILED", "Syntax Error"],
    ["an unknown field", "{ nothing }", "GRAPHQL_VALIDATION_FAILED", 'Cannot query field "nothing"'],
    ["an unknown argument", "{ providers(x: 1) { provider } }", "GRAPHQL_VALIDATION_FAILED", 'Unknown argument "x"'],
    ["a missing selection", "{ providers }", "GRAPHQL_VALIDATION_FAILED", "must have a selection of subfields"],
    [
      "a wrong enum value",
      "{ recommendations(providers: [BING]) { totalCount } }",
      "GRAPHQL_VALIDATION_FAILED",
      "BING",
    ],
    ["a wrong literal", '{ icps(first: "1") { totalCount } }', "GRAPHQL_VALIDATION_FAILED", "Int cannot represent"],
    ["an Int out of range", "{ icps(first: 3000000000) { totalCount } }", "GRAPHQL_VALIDATION_FAILED", "32-bit"],
    ["a missing argument", "{ node { id } }", "GRAPHQL_VALIDATION_FAILED", "is required"],
  ])("with %s is refused in Apollo's terms", async (_, text, code, message) => {
    app = await startTestApp();
    const { status, errors, ...rest } = await app.send(text);
    expect({ status, rest, code: errors?.[0]?.extensions.code }).toEqual({ status: 400, rest: {}, code });
    expect(errors?.[0]?.message).toContain(message);
  });

  it("with a subscription is refused", async () => {
    app = await startTestApp();
    expect(await app.send("subscription { x }")).toMatchObject({
      data: null,
      errors: [{ message: expect.stringContaining("subscription"), extensions: { code: "BAD_USER_INPUT" } }],
    });
  });

  it("with an operation that it does not name is refused", async () => {
    app = await startTestApp();
    const query = "query A { providers { provider } } query B { providers { provider } }";
    for (const operationName of ["C", undefined]) {
      expect(await post(JSON.stringify({ query, operationName }))).toEqual(
        refused(400, "OPERATION_RESOLUTION_FAILURE"),
      );
    }
    expect(await post(JSON.stringify({ query, operationName: "A" }))).toMatchObject({ status: 200, body: FOUND });
  });

  it.each([
    ["of the wrong type", { first: "1" }, "$first"],
    ["out of range", { first: 3_000_000_000 }, "$first"],
    ["that is a list", { first: [1, 2] }, "$first"],
  ])("with a variable %s is BAD_USER_INPUT", async (_, variables, message) => {
    app = await startTestApp();
    for (let i = 0; i < 2; i++) {
      const answer = await app.send("query($first: Int) { icps(first: $first) { totalCount } }", variables);
      expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
      expect(answer.data).toBeUndefined();
      expect(answer.errors?.[0]?.message).toContain(message);
    }
  });

  it.each([
    [
      "a literal",
      "{ recommendations(providers: [SURF]) { totalCount } }",
      undefined,
      'Value "SURF" does not exist in "Provider" enum. Did you mean the enum value "SURFE"? It takes SURFE, LUSHA, LINKUP, LETRICS.',
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "a text",
      '{ recommendations(providers: ["ACME"]) { totalCount } }',
      undefined,
      'Enum "Provider" cannot represent non-enum value: "ACME". It takes SURFE, LUSHA, LINKUP, LETRICS.',
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "a variable",
      "query ($country: ProxyCountry) { networkRecommendations(country: $country) { totalCount } }",
      { country: "DE" },
      'Variable "$country" got invalid value "DE"; Value "DE" does not exist in "ProxyCountry" enum. It takes US, UK, FR.',
      "BAD_USER_INPUT",
    ],
    [
      "a variable that is no text",
      "query ($country: ProxyCountry) { networkRecommendations(country: $country) { totalCount } }",
      { country: 1 },
      'Variable "$country" got invalid value 1; Enum "ProxyCountry" cannot represent non-string value: 1. It takes US, UK, FR.',
      "BAD_USER_INPUT",
    ],
  ])("lists the values that there are where %s is none of them", async (_, text, variables, message, code) => {
    app = await startTestApp();
    const { errors } = await app.send(text, variables);
    expect(errors?.map((error) => [error.message, error.extensions.code])).toEqual([[message, code]]);
  });

  it("without a variable that is needed is BAD_USER_INPUT", async () => {
    app = await startTestApp();
    expect(await app.send("query($id: ID!) { node(id: $id) { id } }")).toMatchObject({
      status: 400,
      errors: [{ message: expect.stringContaining('"$id"'), extensions: { code: "BAD_USER_INPUT" } }],
    });
  });

  it("with null for an argument that takes none is BAD_USER_INPUT", async () => {
    app = await startTestApp();
    expect(await app.send('query($id: ID = "x") { node(id: $id) { id } }', { id: null })).toMatchObject({
      status: 200,
      data: { node: null },
      errors: [
        {
          message: 'Argument "id" of non-null type "ID!" must not be null.',
          path: ["node"],
          extensions: { code: "BAD_USER_INPUT" },
        },
      ],
    });
  });

  it.each([
    ["a number that no SafeInt holds", { companies: { revenue: { from: 9007199254740992 } } }],
    ["a field that there is not", { nothing: 1 }],
    ["null in a list", { companies: { industries: [null] } }],
  ])("with %s in an input is BAD_USER_INPUT, and no call is made", async (_, input) => {
    app = await startTestApp();
    expect(
      await app.send("mutation($input: UpsertICPInput!) { upsertICP(input: $input) { icp { id } } }", { input }),
    ).toMatchObject({ status: 400, errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
    expect(callsOf(app.surfe)).toEqual([]);
  });
});

describe("health", () => {
  it("is told at /healthz and /readyz", async () => {
    app = await startTestApp();
    for (const path of ["/healthz", "/readyz"]) expect((await fetch(new URL(path, app.url))).status).toBe(200);
  });
});

describe("an error of an operation that came before in another spelling", () => {
  it("points into the text that its own request sent", async () => {
    app = await startTestApp();
    const spelled = `# by hand\n{\n  company {\n    name }\n\tperson, { id } }`;
    const texts = ["{ company { name } person { id } }", spelled, "{company{name}person{id}}", spelled];
    const locations = [];
    for (const text of texts) {
      const { errors } = (await app.send(text)) as { readonly errors?: readonly { readonly locations?: unknown }[] };
      locations.push(errors?.flatMap((error) => error.locations));
    }
    const inSpelled = [
      { line: 3, column: 3 },
      { line: 5, column: 2 },
    ];
    expect(locations).toEqual([
      [
        { line: 1, column: 3 },
        { line: 1, column: 20 },
      ],
      inSpelled,
      [
        { line: 1, column: 2 },
        { line: 1, column: 15 },
      ],
      inSpelled,
    ]);
  });
});
