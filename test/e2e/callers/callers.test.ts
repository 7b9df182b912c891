import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { temporaryFolder } from "../../support/server-process";
import { callsOf, startTestApp, type TestApp, type TestAppOptions } from "../../support/test-app";
import { startTokenIssuer, type TokenIssuer } from "../../support/token-issuer";

const sha256 = (key: string) => createHash("sha256").update(key).digest("hex");
const keyOf = (name: string) => ({ name, sha256: sha256(name) });
const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
const SURFE = { surfe: { apiKey: "sandbox" } };
const OWN_ICP = "{ icp { externalUserId } }";
const SAVE = "mutation { upsertICP(input: {}) { icp { externalUserId } } }";
const PAGE = "query($after: String) { recommendations(first: 2, after: $after) { pageInfo { endCursor } totalCount } }";

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let app: TestApp | null = null;
let lines: string[];

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, "tenants.json");
  lines = [];
});

afterEach(async () => {
  await app?.stop();
  app = null;
  folder.remove();
});

async function start(tenants: readonly object[], options: TestAppOptions = {}): Promise<TestApp> {
  writeFileSync(file, JSON.stringify({ tenants }));
  app = await startTestApp({
    ...options,
    log: (line) => void lines.push(line),
    env: { AUTH: "api-key", TENANTS_FILE: file, ...options.env },
  });
  return app;
}

async function codeOf(running: TestApp, headers: Readonly<Record<string, string>>): Promise<string> {
  const { status, errors } = await running.send(OWN_ICP, {}, headers);
  return errors ? `${String(status)} ${errors[0]?.extensions.code ?? ""}` : "ok";
}

describe("API keys", () => {
  it("are taken as a bearer or in x-api-key, of any case of the scheme", async () => {
    const running = await start([{ id: "acme", keys: [keyOf("one")], providers: SURFE }]);
    expect([
      await codeOf(running, bearer("one")),
      await codeOf(running, { authorization: "bearer   one " }),
      await codeOf(running, { "x-api-key": "one" }),
      await codeOf(running, { authorization: "Basic one" }),
      await codeOf(running, { authorization: "one" }),
      await codeOf(running, { "x-api-key": sha256("one") }),
    ]).toEqual(["ok", "ok", "ok", "401 UNAUTHENTICATED", "401 UNAUTHENTICATED", "401 UNAUTHENTICATED"]);
  });

  it("are asked for before the body is read, with a challenge", async () => {
    const { url } = await start([{ id: "acme", keys: [keyOf("one")], providers: SURFE }]);
    const response = await fetch(url, { method: "POST", body: "{", headers: { "content-type": "application/json" } });
    expect([response.status, response.headers.get("www-authenticate"), response.headers.get("cache-control")]).toEqual([
      401,
      "Bearer",
      "no-store",
    ]);
    const pages = await Promise.all(["/healthz", "/readyz"].map((path) => fetch(new URL(path, url))));
    expect(pages.map(({ status }) => status)).toEqual([200, 200]);
  });

  it("are answered with 429 after 20 failed attempts of an address, while good ones go on", async () => {
    const tenant = { id: "acme", keys: [keyOf("one")], providers: SURFE };
    const running = await start([tenant], { env: { METRICS_TOKEN: "metrics" } });
    const codes = [];
    for (let attempt = 1; attempt <= 21; attempt += 1) codes.push(await codeOf(running, bearer("wrong-secret")));
    expect(codes).toEqual([...Array<string>(20).fill("401 UNAUTHENTICATED"), "429 RATE_LIMITED"]);
    expect(await codeOf(running, bearer("one"))).toBe("ok");
    const log = lines.join("\n");
    const metrics = await (await fetch(new URL("/metrics", running.url), { headers: bearer("metrics") })).text();
    expect(metrics).toContain("tributary_authentication_failures_total 21");
    expect(log).toContain('"reason":"unknown key"');
    expect(log).not.toMatch(/wrong-secret/);
    expect(log).not.toContain(sha256("one"));
  });

  it("that may write alone read nothing through what they save", async () => {
    const running = await start([{ id: "acme", keys: [{ ...keyOf("one"), scopes: ["write"] }], providers: SURFE }]);
    const save = (selected: string) =>
      running.send(
        `mutation { upsertICP(input: { exampleCompanies: [{ lushaCompanyId: "6504" }] }) { icp { ${selected} } } }`,
        {},
        bearer("one"),
      );
    expect([(await save("externalUserId")).data, (await save("exampleCompanies { id }")).errors]).toMatchObject([
      { upsertICP: { icp: { externalUserId: null } } },
      [{ extensions: { code: "FORBIDDEN" } }],
    ]);
  });

  it("may send so many requests in a minute", async () => {
    const tenant = { id: "acme", keys: [keyOf("one")], providers: SURFE, requestsPerMinute: 2 };
    const running = await start([tenant, { ...tenant, id: "other", keys: [keyOf("two")] }]);
    const codes = [await codeOf(running, bearer("one")), await codeOf(running, bearer("one"))];
    expect([...codes, await codeOf(running, bearer("one")), await codeOf(running, bearer("two"))]).toEqual([
      "ok",
      "ok",
      "429 RATE_LIMITED",
      "ok",
    ]);
  });
});

describe("tenants", () => {
  it("share nothing: equal demands are two calls, and a cursor of one is none of the other", async () => {
    const running = await start(
      [
        { id: "acme", keys: [keyOf("one")], providers: SURFE },
        { id: "other", keys: [keyOf("two")], providers: SURFE },
      ],
      { surfe: { companies: 5 } },
    );
    const pages = [];
    for (const key of ["one", "two"]) {
      await running.send(SAVE, {}, bearer(key));
      pages.push((await running.send(PAGE, {}, bearer(key))).data);
    }
    expect(callsOf(running.surfe).filter((call) => call.startsWith("fetch"))).toHaveLength(2);
    const [{ recommendations }] = pages as [{ readonly recommendations: { readonly pageInfo: { endCursor: string } } }];
    const after = recommendations.pageInfo.endCursor;
    expect((await running.send(PAGE, { after }, bearer("two"))).errors).toMatchObject([
      { extensions: { code: "CURSOR_INVALID" } },
    ]);
    expect((await running.send(PAGE, { after }, bearer("one"))).errors).toBeUndefined();
  });

  it("have budgets of their own", async () => {
    const running = await start(
      [
        { id: "acme", keys: [keyOf("one")], providers: { surfe: { apiKey: "sandbox", creditBudget: 0 } } },
        { id: "other", keys: [keyOf("two")], providers: SURFE },
      ],
      { surfe: { companies: 5 } },
    );
    const codes = [];
    for (const key of ["one", "two"]) {
      await running.send(SAVE, {}, bearer(key));
      codes.push((await running.send(PAGE, {}, bearer(key))).errors?.[0]?.extensions.code);
    }
    expect(codes).toEqual(["CREDIT_BUDGET_EXCEEDED", undefined]);
  });

  it("are read again: a new key is in force, an old one is not, and an invalid file changes nothing", async () => {
    const running = await start([{ id: "acme", keys: [keyOf("one")], providers: SURFE }]);
    const all = async () => [await codeOf(running, bearer("one")), await codeOf(running, bearer("two"))];
    expect(await all()).toEqual(["ok", "401 UNAUTHENTICATED"]);
    writeFileSync(file, JSON.stringify({ tenants: [{ id: "acme", keys: [keyOf("two")], providers: SURFE }] }));
    running.reloadTenants();
    expect(await all()).toEqual(["401 UNAUTHENTICATED", "ok"]);
    writeFileSync(file, '{ "tenants": [{ "id": "Acme", "keys": [{ "name": "x", "sha256": "hunter2" }] }] }');
    running.reloadTenants();
    expect(await all()).toEqual(["401 UNAUTHENTICATED", "ok"]);
    const log = lines.join("\n");
    expect(log).toContain("tenants[0].id: takes lower-case letters");
    expect(log).toContain("tenants[0].keys[0].sha256: takes 64 hex digits in lower case");
    expect(log).not.toContain("hunter2");
    writeFileSync(file, JSON.stringify({ tenants: [{ id: "other", keys: [keyOf("one")], providers: SURFE }] }));
    running.reloadTenants();
    expect(await all()).toEqual(["ok", "401 UNAUTHENTICATED"]);
  });

  it("are let go of when they had no request for an hour: their services are opened anew at the next one", async () => {
    let now = new Date("2026-11-20T10:00:00Z");
    const timers = jest.spyOn(globalThis, "setInterval");
    const surfe = { apiKey: "sandbox", creditBudget: 10 };
    const acme = { id: "acme", keys: [keyOf("one")], providers: { surfe } };
    const running = await start([acme], { now: () => now, env: { METRICS_TOKEN: "metrics" } });
    const everyMinute = timers.mock.calls.flatMap(([work, ms]) => (ms === 60_000 ? [work] : []));
    timers.mockRestore();
    const isOpen = async () => {
      const metrics = await fetch(new URL("/metrics", running.url), { headers: bearer("metrics") });
      return (await metrics.text()).includes("tributary_provider_budget_used_ratio{");
    };
    const passHour = () => {
      now = new Date(now.getTime() + 3_600_001);
      for (const work of everyMinute) work();
    };
    const seen = [await isOpen(), await codeOf(running, bearer("one")), await isOpen()];
    passHour();
    let isLetGo = false; // the sweep closes them once it is done
    for (let asked = 0; asked < 2_000 && !isLetGo; asked += 1) isLetGo = !(await isOpen());
    expect(isLetGo).toBe(true);
    expect([...seen, await codeOf(running, bearer("one")), await isOpen()]).toEqual([false, "ok", true, "ok", true]);
  });

  it("can be served by the simulators, each with the sample profile", async () => {
    const running = await start([{ id: "acme", keys: [keyOf("one")], sandbox: true }], { env: { PLAYGROUND: "off" } });
    const text = '{ recommendations(externalUserId: "demo-user", first: 1) { nodes { id } } }';
    expect((await running.send(text, {}, bearer("one"))).data).toEqual({
      recommendations: { nodes: [{ id: expect.any(String) }] },
    });
  });
});

describe("tokens", () => {
  let issuer: TokenIssuer;
  beforeEach(async () => {
    issuer = await startTokenIssuer("EdDSA");
  });
  afterEach(() => issuer.stop());

  const tokens = { id: "acme", providers: SURFE };
  const withTokens = (options: TestAppOptions = {}) =>
    start([tokens], { ...options, env: { AUTH: "jwt", ...issuer.env, ...options.env } });

  it("name the tenant, and the user whose profile is meant where none is named", async () => {
    const running = await withTokens();
    const token = await issuer.sign({ sub: "jane", tenant: "acme", scp: ["read", "write", "unknown"] });
    const { data } = await running.send(SAVE, {}, bearer(token));
    expect(data).toEqual({ upsertICP: { icp: { externalUserId: "jane" } } });
    expect(await codeOf(running, { "x-api-key": token })).toBe("401 UNAUTHENTICATED");
    expect(issuer.fetches()).toBe(1);
  });

  it.each([
    ["another audience", { aud: "others" }, "401 UNAUTHENTICATED"],
    ["another issuer", { iss: "https://evil.example" }, "401 UNAUTHENTICATED"],
    ["no time yet", { nbf: 4_000_000_000 }, "401 UNAUTHENTICATED"],
    ["no time at which they expire", { exp: null }, "401 UNAUTHENTICATED"],
    ["an unknown tenant", { tenant: "nobody" }, "403 FORBIDDEN"],
    ["no tenant", { tenant: undefined }, "403 FORBIDDEN"],
    ["a subject that cannot be stored", { sub: "a\0b" }, "401 UNAUTHENTICATED"],
  ])("are rejected with %s", async (_, claims, code) => {
    const running = await withTokens();
    expect(await codeOf(running, bearer(await issuer.sign({ sub: "jane", tenant: "acme", ...claims })))).toBe(code);
  });

  it("are good until they expire, though they are remembered", async () => {
    let now = new Date();
    const running = await withTokens({ now: () => now });
    const token = await issuer.sign({ sub: "jane", tenant: "acme" });
    const codes = [await codeOf(running, bearer(token)), await codeOf(running, bearer(token))];
    now = new Date(now.getTime() + 6 * 60_000);
    expect([...codes, await codeOf(running, bearer(token))]).toEqual(["ok", "ok", "401 UNAUTHENTICATED"]);
  });

  it("see what their own user spent; with the scope users, what all did", async () => {
    const running = await withTokens({ surfe: { companies: 5 } });
    const of = async (sub: string, scope: string) => bearer(await issuer.sign({ sub, tenant: "acme", scope }));
    const jane = await of("jane", "read spend write");
    await running.send(SAVE, {}, jane);
    await running.send(PAGE, {}, jane);
    const spent = async (headers: Readonly<Record<string, string>>) =>
      (await running.send("{ spending(by: [USER]) { user calls } }", {}, headers)).data;
    const ofJane = { spending: [{ user: "jane", calls: 2 }] };
    expect([
      await spent(jane),
      await spent(await of("joe", "read")),
      await spent(await of("joe", "read users")),
    ]).toEqual([ofJane, { spending: [] }, ofJane]);
  });

  it("go on with the known keys while the issuer is down, and an unsigned or altered one is never good", async () => {
    const running = await withTokens();
    const [first, second] = [
      await issuer.sign({ sub: "jane", tenant: "acme" }),
      await issuer.sign({ sub: "joe", tenant: "acme" }),
    ];
    expect(await codeOf(running, bearer(first))).toBe("ok");
    issuer.setReachable(false);
    expect(await codeOf(running, bearer(second))).toBe("ok");
    await issuer.rotate();
    const unknown = await issuer.sign({ sub: "jane", tenant: "acme" });
    expect(await codeOf(running, bearer(unknown))).toBe("401 UNAUTHENTICATED");
    const [, payload = ""] = first.split(".");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    expect(await codeOf(running, bearer(`${none}.${payload}.`))).toBe("401 UNAUTHENTICATED");
    expect(await codeOf(running, bearer(`${first}x`))).toBe("401 UNAUTHENTICATED");
    expect(lines.join("\n")).not.toContain(payload);
  });

  it("need no tenants file: there is one tenant then", async () => {
    app = await startTestApp({ env: { AUTH: "jwt", ...issuer.env } });
    expect(await codeOf(app, bearer(await issuer.sign({ sub: "jane" })))).toBe("ok");
    expect(await codeOf(app, {})).toBe("401 UNAUTHENTICATED");
  });
});

describe("CORS_ORIGINS", () => {
  async function corsOf(origin: string, env: Readonly<Record<string, string>> = {}) {
    await app?.stop();
    app = await startTestApp({ env });
    const preflight = await fetch(app.url, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
    });
    const sent = await fetch(app.url, {
      method: "POST",
      headers: { origin, "content-type": "application/json" },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    return [preflight, sent].map(({ status, headers }) => [
      status,
      headers.get("access-control-allow-origin"),
      headers.get("access-control-allow-credentials"),
      headers.get("access-control-expose-headers"),
      headers.get("vary"),
    ]);
  }

  const answered = (status: number, origin: string | null, credentials: string | null, vary: string | null) => [
    status,
    origin,
    credentials,
    origin && "retry-after",
    vary,
  ];

  it("lets pages of listed origins send requests, with credentials; of any origin with *, without", async () => {
    const listed = { CORS_ORIGINS: "https://app.example.com,https://b.example" };
    expect(await corsOf("https://app.example.com", listed)).toEqual([
      answered(204, "https://app.example.com", "true", "Origin, Access-Control-Request-Headers"),
      answered(200, "https://app.example.com", "true", "Origin"),
    ]);
    expect(await corsOf("https://evil.example", listed)).toEqual([
      answered(405, null, null, "Origin"),
      answered(200, null, null, "Origin"),
    ]);
    expect(await corsOf("https://any.example", { CORS_ORIGINS: "*" })).toEqual([
      answered(204, "*", null, "Access-Control-Request-Headers"),
      answered(200, "*", null, null),
    ]);
  });

  it("unset, lets pages of loopback origins, while the server listens there", async () => {
    const answers = [];
    for (const origin of ["http://localhost:5173", "http://localhost.evil.example", "null"])
      answers.push((await corsOf(origin))[1]);
    expect(answers).toEqual([
      answered(200, "http://localhost:5173", "true", "Origin"),
      answered(200, null, null, "Origin"),
      answered(200, null, null, "Origin"),
    ]);
  });

  it("lets a page read why it is refused, and the playground differ by origin too", async () => {
    const tenant = { id: "acme", keys: [keyOf("one")], providers: SURFE };
    const origin = "https://app.example.com";
    const playgroundDirectory = join(folder.path, "playground");
    mkdirSync(playgroundDirectory);
    writeFileSync(join(playgroundDirectory, "index.html"), "<title>the page</title>");
    const { url } = await start([tenant], { env: { CORS_ORIGINS: origin, PLAYGROUND: "on" }, playgroundDirectory });
    const headersOf = async (init: RequestInit) => {
      const { status, headers } = await fetch(url, init);
      return answered(status, headers.get("access-control-allow-origin"), "true", headers.get("vary"));
    };
    const body = JSON.stringify({ query: "{ __typename }" });
    const refused = { method: "POST", body, headers: { origin, "content-type": "application/json" } };
    expect([await headersOf(refused), await headersOf({ headers: { origin, accept: "text/html" } })]).toEqual([
      answered(401, origin, "true", "Origin"),
      answered(200, origin, "true", "Origin, Accept, accept-encoding"),
    ]);
  });
});

describe("GET /metrics", () => {
  const statusOf = async (running: TestApp, headers: Readonly<Record<string, string>> = {}) =>
    (await fetch(new URL("/metrics", running.url), { headers })).status;

  it("needs METRICS_TOKEN where it is set, and is not there where credentials are needed and it is not set", async () => {
    const tenant = { id: "acme", keys: [keyOf("one")], providers: SURFE };
    const running = await start([tenant], { env: { METRICS_TOKEN: "metrics" } });
    expect([
      await statusOf(running),
      await statusOf(running, bearer("one")),
      await statusOf(running, bearer("metric")),
      await statusOf(running, bearer("metrics2")),
      await statusOf(running, { authorization: "Bearer " }),
      await statusOf(running, bearer("metrics")),
    ]).toEqual([401, 401, 401, 401, 401, 200]);
    await running.restart({ METRICS_TOKEN: "" });
    expect(await statusOf(running, bearer("one"))).toBe(404);
  });
});
