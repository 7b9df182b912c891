import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";

const PROVIDERS = "{ providers { provider } }";
const FOUND = { data: { providers: ["SURFE", "LUSHA", "LINKUP", "LETRICS"].map((provider) => ({ provider })) } };
const SAVE = 'mutation Save { upsertICP(input: { externalUserId: "u1" }) { icp { externalUserId } } }';
const NOT_FOUND = refused(200, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound");

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { BODY_LIMIT_BYTES: "3000000" } });
});
afterAll(() => app.stop());

function refused(status: number, code: string, message: unknown) {
  return { status, body: { errors: [{ message, extensions: { code } }] } };
}

/** What names `text` by its hash; each test has a text of its own, since what is registered stays so. */
function hashOf(text: string) {
  return { persistedQuery: { version: 1, sha256Hash: createHash("sha256").update(text).digest("hex") } };
}

async function exchange(search: string, init: RequestInit) {
  const response = await fetch(`${app.url}${search}`, init);
  return { status: response.status, body: await response.json() };
}

const post = (body: object) =>
  exchange("", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

const get = (parameters: Readonly<Record<string, string | object>>) => {
  const texts = Object.entries(parameters).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const search = new URLSearchParams(Object.fromEntries(texts) as Record<string, string>).toString();
  return exchange(`?${search}`, { headers: { "apollo-require-preflight": "true" } });
};

describe("automatic persisted queries", () => {
  it.each([
    ["POST", post],
    ["GET", get],
  ])("are asked for by hash alone once they were sent, by %s", async (method, send) => {
    const query = `# ${method}\n${PROVIDERS}`;
    expect(await send({ extensions: hashOf(query) })).toEqual(NOT_FOUND);
    expect(await send({ query, extensions: hashOf(query) })).toEqual({ status: 200, body: FOUND });
    expect(await send({ extensions: hashOf(query) })).toEqual({ status: 200, body: FOUND });
  });

  it("answer by hash as by text, with variables and an operation's name, also the second time", async () => {
    const query = "query A($id: ID!) { node(id: $id) { id } } query B { icps(first: 1) { totalCount } }";
    const a = { operationName: "A", variables: { id: "x" } };
    const b = { operationName: "B" };
    await post({ query, extensions: hashOf(query), ...b });
    for (let i = 0; i < 3; i++) {
      expect(await post({ query, ...b })).toEqual({ status: 200, body: { data: { icps: { totalCount: 0 } } } });
      expect(await post({ extensions: hashOf(query), ...b })).toEqual(await post({ query, ...b }));
      expect(await post({ extensions: hashOf(query), ...a })).toEqual(await post({ query, ...a }));
      expect(await get({ extensions: hashOf(query), ...a })).toEqual({ status: 200, body: { data: { node: null } } });
    }
  });

  it("are not registered under a hash that is not theirs, nor run", async () => {
    const hash = hashOf(`# mine\n${PROVIDERS}`);
    expect(await post({ query: SAVE, extensions: hash })).toEqual(
      refused(400, "BAD_USER_INPUT", "provided sha does not match query"),
    );
    expect(await post({ extensions: hash })).toEqual(NOT_FOUND);
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("are not registered where they are wrong or too costly", async () => {
    const costly = "{ icps(first: 100) { nodes { recommendations(first: 100) { nodes { id } } } } }";
    for (const query of ["{ nothing }", costly]) {
      expect(await post({ query, extensions: hashOf(query) })).toMatchObject({ status: 400 });
      expect(await post({ extensions: hashOf(query) })).toEqual(NOT_FOUND);
    }
  });

  it("run no mutation by GET", async () => {
    const query = `# by GET\n${SAVE}`;
    expect(await get({ query, extensions: hashOf(query) })).toMatchObject({ status: 405 });
    expect(await post({ query, extensions: hashOf(query) })).toMatchObject({ status: 200 });
    expect(callsOf(app.surfe)).toEqual(["icp"]);
    expect(await get({ extensions: hashOf(query) })).toMatchObject({ status: 405 });
    expect(callsOf(app.surfe)).toEqual(["icp"]);
  });

  it("are limited by hash as they are by text", async () => {
    const query = "query Rows($first: Int) { icps(first: $first) { nodes { recommendations { nodes { id } } } } }";
    expect(await post({ query, extensions: hashOf(query), variables: { first: 0 } })).toMatchObject({ status: 200 });
    expect(await post({ extensions: hashOf(query), variables: { first: 0 } })).toMatchObject({ status: 200 });
    expect(await post({ extensions: hashOf(query), variables: { first: 100 } })).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: "OPERATION_TOO_COSTLY" } }] },
    });
    expect(callsOf(app.surfe)).toEqual(["icp"]);
  });

  it("take 16 MiB at most: those that were not asked for the longest go first", async () => {
    const bulky = (n: number) => `# ${n} ${"x".repeat(2_600_000)}\n${PROVIDERS}`;
    const register = (n: number) => post({ query: bulky(n), extensions: hashOf(bulky(n)) });
    const ask = (n: number) => post({ extensions: hashOf(bulky(n)) });
    for (const n of [1, 2, 3]) expect(await register(n)).toEqual({ status: 200, body: FOUND });
    expect(await ask(1)).toEqual({ status: 200, body: FOUND });
    expect(await register(4)).toEqual({ status: 200, body: FOUND });
    expect([await ask(1), await ask(2), await ask(3), await ask(4)]).toEqual([
      { status: 200, body: FOUND },
      NOT_FOUND,
      { status: 200, body: FOUND },
      { status: 200, body: FOUND },
    ]);
  });
});
