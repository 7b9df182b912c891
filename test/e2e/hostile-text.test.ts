import { afterEach, describe, expect, it } from "@jest/globals";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";

declare global {
  /** Set by the text of an attack, where that text runs as code. */
  var ranAsCode: boolean | undefined;
}

/** A string literal that a compiler of queries once wrote into the source it compiled. */
const ATTACK = "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.ranAsCode=true";

/** The attack wherever a document can hold a text. */
const DOCUMENTS = {
  argument: `{ company(domain: "${ATTACK}") { id } }`,
  "block string": `{ company(domain: """${ATTACK}""") { id } }`,
  "list of ids": `{ nodes(ids: ["${ATTACK}"]) { id } }`,
  cursor: `{ recommendations(externalUserId: "u1", after: "${ATTACK}") { nodes { id } } }`,
  "input object": `{ similarCompanies(companies: [{ domain: "${ATTACK}" }]) { nodes { id } } }`,
  "variable default": `query ($domain: String = "${ATTACK}") { company(domain: $domain) { id } }`,
  representation: `{ _entities(representations: [{ __typename: "Company", domain: "${ATTACK}" }]) { __typename } }`,
};

let app: TestApp;

afterEach(async () => {
  globalThis.ranAsCode = undefined;
  await app.stop();
});

describe("a text of a request", () => {
  it.each(Object.entries(DOCUMENTS))("is never code: %s", async (_, document) => {
    app = await startTestApp();
    for (let time = 1; time <= 4; time += 1) await app.send(document);
    expect(globalThis.ranAsCode).toBeUndefined();
  });
});

const NUL =
  "A text in the document cannot be stored. It may have any character except U+0000 and unpaired surrogates (U+D800 to U+DFFF). Nothing was executed.";

/** A text with a NUL, as a document writes it. */
const CUT_SHORT = String.raw`u1\u0000x`;

describe("a text that no store keeps as it is", () => {
  it.each([
    `mutation { upsertICP(input: { externalUserId: "${CUT_SHORT}" }) { icp { id } } }`,
    `{ icp(externalUserId: "${CUT_SHORT}") { id } }`,
    `{ company(domain: "${CUT_SHORT}") { id } }`,
    `query ($id: ID! = "${CUT_SHORT}") { node(id: $id) { id } }`,
    `{ _entities(representations: [{ __typename: "Company", domain: "${CUT_SHORT}" }]) { __typename } }`,
  ])("is refused in a document, each time: %s", async (document) => {
    app = await startTestApp();
    const refused = { status: 400, errors: [{ message: NUL, extensions: { code: "BAD_USER_INPUT" } }] };
    for (let time = 1; time <= 3; time += 1) expect(await app.send(document)).toEqual(refused);
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it.each([
    ["a NUL", "\0"],
    ["a NUL after the name of a profile", "u1\0x"],
    ["the first half of a surrogate pair", "u1\ud83d"],
    ["the second half", "\ude00u1"],
  ])("is refused in a variable, each time, and no profile is touched: %s", async (_, text) => {
    app = await startTestApp();
    await app.send(SAVE, { input: { externalUserId: "u1" } });
    await app.send(SAVE, { input: {} });
    const profiles = await app.send("{ icps { nodes { id externalUserId updatedAt } } }");
    app.surfe.control.clearCalls();
    const refused = (path: string) => ({
      status: 400,
      errors: [
        {
          message: NUL.replace("in the document", `at \`${path}\``).replace("A text", "The text"),
          extensions: { code: "BAD_USER_INPUT" },
        },
      ],
    });
    for (let time = 1; time <= 3; time += 1) {
      const saved = await app.send(SAVE, { input: { externalUserId: text } });
      expect(saved).toEqual(refused("$input.externalUserId"));
      const industries = { industries: ["Software", text] };
      const named = await app.send(SAVE, { input: { externalUserId: "u1", companies: industries } });
      expect(named).toEqual(refused("$input.companies.industries[1]"));
      const read = await app.send("query ($user: String) { icp(externalUserId: $user) { id } }", { user: text });
      expect(read).toEqual(refused("$user"));
      const representations = [{ __typename: "Company", domain: text }];
      const entities = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }";
      expect(await app.send(entities, { r: representations })).toEqual(refused("$r[0].domain"));
    }
    expect(await app.send("{ icps { nodes { id externalUserId updatedAt } } }")).toEqual(profiles);
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("is taken where a pair is whole, and where nobody declares the variable", async () => {
    app = await startTestApp();
    const saved = await app.send(SAVE, { input: { externalUserId: "u😀" }, undeclared: "\0" });
    expect(saved).toEqual({ status: 200, data: { upsertICP: { userErrors: [], icp: { externalUserId: "u😀" } } } });
  });

  it("is mended where a provider sends it", async () => {
    app = await startTestApp();
    await app.send(SAVE, { input: {} });
    const row = { name: "Ac\0me \ud83d", primaryWebsite: "acme.com", domain: "acme.com" };
    app.surfe.control.failNext({ kind: "shape", body: { companies: [row], pagination: { hasMore: false } } });
    const page = "{ recommendations { issues { code } nodes { company { name domain } } } }";
    const whole = { issues: [], nodes: [{ company: { name: "Acme \ufffd", domain: "acme.com" } }] };
    expect(await app.send(page)).toEqual({ status: 200, data: { recommendations: whole } });
    expect(await app.send(page)).toEqual({ status: 200, data: { recommendations: whole } });
  });
});

describe("a variable that nests too deeply", () => {
  /** As text: what is nested so deeply cannot be written by JSON.stringify. */
  async function sendRaw(query: string, variables: string): Promise<unknown> {
    const body = `{ "query": ${JSON.stringify(query)}, "variables": ${variables} }`;
    const answer = await fetch(app.url, { method: "POST", headers: { "content-type": "application/json" }, body });
    return { status: answer.status, ...((await answer.json()) as object) };
  }
  const lists = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
  const ENTITIES = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }";

  it.each([
    [ENTITIES, "r", (deep: string) => `[{ "__typename": "Company", "domain": "acme.com", "a": ${deep} }]`],
    ["query ($f: CompanyFilter) { companies(filter: $f) { totalCount } }", "f", (deep: string) => `{ "a": ${deep} }`],
  ])("is refused, each time: %s", async (query, name, value) => {
    app = await startTestApp();
    const message = `The value of \`$${name}\` is nested too deeply: it may have 100 levels of objects and lists. Nothing was executed.`;
    for (const levels of [101, 101, 101, 100_000]) {
      expect(await sendRaw(query, `{ "${name}": ${value(lists(levels))} }`)).toEqual({
        status: 400,
        errors: [{ message, extensions: { code: "BAD_USER_INPUT" } }],
      });
    }
  });

  it("is taken up to there", async () => {
    app = await startTestApp();
    const representation = `{ "__typename": "Company", "domain": "acme.com", "a": ${lists(98)} }`;
    expect(await sendRaw(ENTITIES, `{ "r": [${representation}] }`)).toEqual({
      status: 200,
      data: { _entities: [null] },
    });
  });
});

const SAVE =
  "mutation ($input: UpsertICPInput!) { upsertICP(input: $input) { userErrors { message } icp { externalUserId } } }";
