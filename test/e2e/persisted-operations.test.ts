import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import pino from "pino";
import { ConfigError } from "../../src/config/config-error";
import { readConfiguration } from "../../src/wiring/configuration";
import { startTributary } from "../../src/tributary";
import { temporaryFolder } from "../support/server-process";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";

const run = promisify(execFile);
const ROOT = join(__dirname, "../..");

const ICPS = "query Icps($first: Int) {\n  icps(first: $first) {\n    totalCount\n  }\n}\n";
const SAVE = 'mutation Save { upsertICP(input: { externalUserId: "u1" }) { icp { externalUserId } } }';
const EITHER = "query One { providers { provider } } query Two { icps(first: 1) { totalCount } }";
const HASH = createHash("sha256").update(ICPS).digest("hex");
const COUNTED = { status: 200, type: "application/json", body: { data: { icps: { totalCount: 0 } } } };

const ACCEPTED =
  "Only registered operations run here: send the id of one (documentId, or extensions.persistedQuery.sha256Hash) or " +
  "its text as it was registered. Nothing was executed.";
const UNKNOWN_ID = refused(403, "FORBIDDEN", `No operation is registered under this id. ${ACCEPTED}`);
const UNKNOWN_TEXT = refused(403, "FORBIDDEN", `This operation is not registered. ${ACCEPTED}`);
const UNNAMED = refused(400, "BAD_REQUEST", `This request names no operation. ${ACCEPTED}`);

let folder: ReturnType<typeof temporaryFolder>;
let app: TestApp;

function refused(status: number, code: string, message: unknown, type = "application/json") {
  return { status, type, body: { errors: [{ message, extensions: { code } }] } };
}

async function startWith(content: object): Promise<TestApp> {
  const file = join(folder.path, "operations.json");
  writeFileSync(file, JSON.stringify(content));
  return startTestApp({ env: { PERSISTED_OPERATIONS_FILE: file } });
}

async function exchange(search: string, init: RequestInit) {
  const response = await fetch(`${app.url}${search}`, init);
  const type = response.headers.get("content-type")?.replace(/;.*/, "");
  return { status: response.status, type, body: await response.json() };
}

const post = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  exchange("", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

const get = (parameters: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = PREFLIGHT) => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    search.append(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  return exchange(`?${search.toString()}`, { headers });
};
const PREFLIGHT = { "apollo-require-preflight": "true" };

const hashed = (sha256Hash: unknown) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

describe("PERSISTED_OPERATIONS_FILE", () => {
  beforeAll(async () => {
    folder = temporaryFolder();
    app = await startWith({ icps: ICPS, "0a1b": SAVE, either: EITHER });
  });

  afterAll(async () => {
    await app.stop();
    folder.remove();
  });

  it.each([
    ["documentId", { documentId: "icps" }],
    ["doc_id", { doc_id: "icps" }],
    ["id", { id: "icps" }],
    ["Apollo's extension", hashed("icps")],
    ["the SHA-256 of the text, as Apollo sends it", hashed(HASH)],
    ["the SHA-256 of the text, as GraphQL over HTTP has it", { documentId: `sha256:${HASH}` }],
    ["the text", { query: ICPS }],
    [
      "the text in other white space, with comments",
      { query: "#\nquery Icps($first:Int){icps(first:$first){totalCount}}" },
    ],
    ["the text and its hash", { query: ICPS, ...hashed(HASH) }],
    ["the text and its id", { query: ICPS, documentId: "icps" }],
    ["its id, beside an empty text", { query: "", documentId: "icps" }],
  ])("runs a registered operation by %s", async (_, parameters) => {
    const variables = { first: 1 };
    for (let i = 0; i < 2; i++) expect(await post({ ...parameters, variables })).toEqual(COUNTED);
    expect(await get({ ...parameters, variables })).toEqual(COUNTED);
  });

  it("runs the text that was registered, however it is spelled", async () => {
    const spelled = `# mine\n${" ".repeat(1_000)}query Icps($first:Int){icps(first:$first){totalCount}}`;
    for (let i = 0; i < 2; i++) {
      for (const parameters of [{ query: spelled }, { query: ICPS }, { documentId: "icps" }]) {
        const { body } = (await post({ ...parameters, variables: { first: 101 } })) as { readonly body: object };
        expect(body).toMatchObject({ errors: [{ locations: [{ line: 2, column: 3 }] }] });
      }
    }
  });

  it("hands on variables, the operation's name, other extensions and the type that is accepted", async () => {
    expect(await post({ documentId: "icps", variables: { first: 101 } })).toMatchObject({
      status: 200,
      body: { errors: [{ path: ["icps"], extensions: { code: "BAD_USER_INPUT" } }] },
    });
    expect(await post({ documentId: "either", operationName: "Two" })).toEqual(COUNTED);
    expect(await get({ documentId: "either", operationName: "Two" })).toEqual(COUNTED);
    expect(await post({ documentId: "either" })).toEqual(
      refused(400, "OPERATION_RESOLUTION_FAILURE", expect.stringContaining("operation name")),
    );
    expect(await post({ documentId: "icps", extensions: { a: 1 } })).toEqual(COUNTED);
    expect(await get({ documentId: "icps", extensions: { a: 1 } })).toEqual(COUNTED);
    const type = "application/graphql-response+json";
    expect(await post({ documentId: "icps" }, { accept: type })).toEqual({ ...COUNTED, type });
  });

  it.each([
    ["variables", { variables: "x" }],
    ["extensions", { extensions: "x" }],
  ])("leaves it to Apollo Server to refuse %s that are none", async (name, parameters) => {
    const wrong = refused(400, "BAD_REQUEST", expect.stringContaining(name));
    expect(await post({ documentId: "icps", ...parameters })).toEqual(wrong);
    expect(await get({ documentId: "icps", ...parameters })).toEqual(wrong);
  });

  it.each([
    ["another mutation", { query: SAVE.replace("u1", "u2") }],
    ["another operation in the name of a registered one", { query: SAVE.replace("u1", "u2"), documentId: "0a1b" }],
    ["another operation with its own hash", { query: "{ __typename }", ...hashed(sha256("{ __typename }")) }],
    ["introspection", { query: "{ __schema { types { name } } }" }],
    ["a gateway's question for the schema", { query: "{ _service { sdl } }" }],
    ["a field that there is not, without a word on that", { query: "{ nothing }" }],
    ["what is no GraphQL", { query: '"' }],
  ])("refuses %s, and makes no call", async (_, parameters) => {
    expect(await post(parameters)).toEqual(UNKNOWN_TEXT);
    expect(await get(parameters)).toEqual(UNKNOWN_TEXT);
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("registers nothing that is sent", async () => {
    const query = "{ __typename }";
    await post({ query, ...hashed(sha256(query)) });
    expect(await post(hashed(sha256(query)))).toEqual(UNKNOWN_ID);
  });

  it.each([{ documentId: "other" }, { doc_id: "ICPS" }, { id: "__proto__" }, hashed(sha256("other"))])(
    "refuses the unknown id of %j with no code that asks for the text",
    async (parameters) => {
      expect(await post(parameters)).toEqual(UNKNOWN_ID);
      expect(await get(parameters)).toEqual(UNKNOWN_ID);
    },
  );

  it.each([{}, { query: null }, { query: 1 }, { documentId: ["icps"] }, { documentId: { a: "icps" } }, hashed(1)])(
    "refuses %j, which names no operation",
    async (parameters) => {
      expect(await post(parameters)).toEqual(UNNAMED);
    },
  );

  it("refuses bodies that are no object, and parameters that come twice", async () => {
    for (const body of [null, 1, "icps", [{ documentId: "icps" }]]) expect(await post(body)).toEqual(UNNAMED);
    expect(await exchange("?documentId=icps&documentId=other", { headers: PREFLIGHT })).toEqual(UNNAMED);
    const twice = `?documentId=icps&variables={}&variables=${encodeURIComponent('{"first":2}')}`;
    expect(await exchange(twice, { headers: PREFLIGHT })).toEqual(
      refused(400, "BAD_REQUEST", expect.stringContaining("may only be specified once")),
    );
  });

  it("refuses in the type that is preferred", async () => {
    const type = "application/graphql-response+json";
    expect(await post({ documentId: "other" }, { accept: type })).toEqual({ ...UNKNOWN_ID, type });
  });

  it("still refuses what a browser could be made to send", async () => {
    expect(await get({ documentId: "icps" }, {})).toEqual(refused(400, "BAD_REQUEST", expect.stringContaining("CSRF")));
  });
});

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

describe("PERSISTED_OPERATIONS_FILE with a mutation", () => {
  beforeAll(async () => {
    folder = temporaryFolder();
    app = await startWith({ "0a1b": SAVE });
  });

  afterAll(async () => {
    await app.stop();
    folder.remove();
  });

  it("runs it by POST only", async () => {
    expect(await get({ documentId: "0a1b" })).toMatchObject({ status: 405 });
    expect(callsOf(app.surfe)).toEqual([]);
    expect(await post({ documentId: "0a1b" })).toEqual({
      ...COUNTED,
      body: {
        data: { upsertICP: { icp: { externalUserId: "u1" } } },
        extensions: {
          credits: { spent: 0, providers: [{ provider: "SURFE", calls: 1, spent: 0, recorded: 0, left: null }] },
        },
      },
    });
    expect(callsOf(app.surfe)).toEqual(["icp"]);
  });
});

describe("PERSISTED_OPERATIONS_FILE as tools write it", () => {
  beforeEach(() => {
    folder = temporaryFolder();
    symlinkSync(join(ROOT, "node_modules"), join(folder.path, "node_modules"));
    mkdirSync(join(folder.path, "src/__generated__"), { recursive: true });
  });

  afterEach(async () => {
    await app.stop();
    folder.remove();
  });

  const inFolder = (name: string) => join(folder.path, name);
  const node = (script: string, ...args: readonly string[]) =>
    run(process.execPath, [join(ROOT, "node_modules", script), ...args], { cwd: folder.path });
  const jsonOf = (name: string) => JSON.parse(readFileSync(inFolder(name), "utf8")) as Readonly<Record<string, string>>;

  it("serves Relay, which sends MD5 ids", async () => {
    writeFileSync(inFolder("schema.graphql"), readFileSync(join(ROOT, "schema.graphql")));
    writeFileSync(
      inFolder("src/Rows.js"),
      `graphql\`query RowsQuery { icps(first: 1) { nodes { id } totalCount } }\`;`,
    );
    writeFileSync(inFolder("persisted.json"), "{}");
    const persistConfig = { file: "./persisted.json" };
    writeFileSync(
      inFolder("relay.config.json"),
      JSON.stringify({ src: "./src", schema: "./schema.graphql", language: "javascript", persistConfig }),
    );
    await node("relay-compiler/cli.js", "relay.config.json");
    const written = jsonOf("persisted.json");
    expect(Object.keys(written)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
    app = await startWith(written);
    for (const name of ["doc_id", "documentId", "id"]) {
      expect(await post({ [name]: Object.keys(written)[0], variables: {} })).toMatchObject({
        status: 200,
        body: { data: { icps: { nodes: [], totalCount: 0 } } },
      });
    }
  });

  it("serves GraphQL Code Generator's client preset, which sends prefixed SHA-256 ids", async () => {
    writeFileSync(inFolder("rows.graphql"), ICPS);
    const presetConfig = { persistedDocuments: { hashAlgorithm: "sha256" } };
    const generates = { "gen/": { preset: "client", presetConfig } };
    const config = { schema: join(ROOT, "schema.graphql"), documents: "rows.graphql", generates };
    writeFileSync(inFolder("codegen.json"), JSON.stringify(config));
    await node("@graphql-codegen/cli/cjs/bin.js", "--config", "codegen.json", "--silent");
    const written = jsonOf("gen/persisted-documents.json");
    expect(Object.keys(written)).toEqual([expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
    app = await startWith(written);
    expect(await post({ documentId: Object.keys(written)[0], variables: { first: 1 } })).toEqual(COUNTED);
  });

  it("serves Apollo Client by its manifest, and gives it no reason to send a text that would be refused too", async () => {
    const operations = [{ id: "icps-1", name: "Icps", type: "query", body: ICPS }];
    app = await startWith({ format: "apollo-persisted-query-manifest", version: 1, operations });
    const sent: unknown[] = [];
    const generateHash = (id: string) => new PersistedQueryLink({ generateHash: () => Promise.resolve(id) });
    const clientWith = (id: string) =>
      new ApolloClient({
        cache: new InMemoryCache(),
        link: ApolloLink.from([
          generateHash(id),
          new HttpLink({
            uri: app.url,
            fetch: (uri, init) => {
              sent.push(JSON.parse(init?.body as string));
              return fetch(uri, init);
            },
          }),
        ]),
      });
    const query = gql(ICPS);
    expect(await clientWith("icps-1").query({ query, variables: { first: 1 } })).toMatchObject({
      data: { icps: { totalCount: 0 } },
    });
    await expect(clientWith("icps-2").query({ query, variables: { first: 1 } })).rejects.toThrow();
    const asked = { operationName: "Icps", variables: { first: 1 } };
    expect(sent).toEqual([
      { ...asked, extensions: { clientLibrary: expect.anything(), ...hashed("icps-1").extensions } },
      { ...asked, extensions: { clientLibrary: expect.anything(), ...hashed("icps-2").extensions } },
    ]);
  });
});

describe("a server with registered operations that do not fit", () => {
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  it("does not start, and names each with what is wrong", async () => {
    const file = join(folder.path, "operations.json");
    const content = {
      a: "query Stale { nothing companies(first: true) { totalCount } }",
      b: "{ icps {",
      c: "fragment F on Company { id }",
      d: ICPS,
      e: "{ providers { provider circuit sandbox } }",
    };
    writeFileSync(file, JSON.stringify(content));
    const config = readConfiguration({ PORT: "0", MAX_TOKENS: "17", PERSISTED_OPERATIONS_FILE: file });
    await expect(startTributary(config, { log: pino({ level: "silent" }) })).rejects.toThrow(
      new ConfigError([
        'PERSISTED_OPERATIONS_FILE: operation "a" (Stale): Cannot query field "nothing" on type "Query". ' +
          "Int cannot represent non-integer value: true",
        'PERSISTED_OPERATIONS_FILE: operation "b": Syntax Error: Expected Name, found <EOF>.',
        'PERSISTED_OPERATIONS_FILE: operation "c": Fragment "F" is never used.',
        'PERSISTED_OPERATIONS_FILE: operation "d": Syntax Error: Document contains more that 17 tokens. Parsing aborted.',
      ]),
    );
  });
});
