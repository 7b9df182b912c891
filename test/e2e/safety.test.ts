import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { present } from "../support/present";
import { startTestApp, type TestApp } from "../support/test-app";
import { graphql } from "./documents";

const SaveSafetyProfile = graphql(`
  mutation SaveSafetyProfile($input: UpsertICPInput!) {
    upsertICP(input: $input) {
      icp {
        id
      }
      userErrors {
        message
      }
    }
  }
`);

const SafetyPage = graphql(`
  query SafetyPage($first: Int, $after: String) {
    recommendations(externalUserId: "u1", first: $first, after: $after) {
      issues {
        message
      }
      pageInfo {
        endCursor
      }
      nodes {
        id
        company {
          id
          people {
            nodes {
              id
            }
          }
        }
      }
    }
    providers {
      provider
      lastErrorCode
    }
  }
`);

const ProvidersAndProfiles = graphql(`
  query ProvidersAndProfiles {
    providers {
      provider
    }
    company(domain: "surfe.com") {
      name
    }
    icp(externalUserId: "u1") {
      id
    }
  }
`);

let app: TestApp;
let folder: string;
let lines: string[];

beforeEach(async () => {
  lines = [];
  folder = await mkdtemp(join(tmpdir(), "tributary-safety-"));
});
afterEach(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
});

/** Changes the database behind the server's back. */
function breakDatabase(path: string, statement: string): void {
  const database = new Sqlite(path);
  database.exec(statement);
  database.close();
}

describe("an unexpected error", () => {
  it("is masked and logged; the other fields stand", async () => {
    const databasePath = join(folder, "tributary.db");
    app = await startTestApp({ databasePath, log: (line) => lines.push(line) });
    breakDatabase(databasePath, "drop table entity_key");
    const answer = await app.query(ProvidersAndProfiles);
    expect(answer).toEqual({
      status: 200,
      data: {
        providers: ["SURFE", "LUSHA", "LINKUP", "LETRICS"].map((provider) => ({ provider })),
        company: null,
        icp: null,
      },
      errors: [
        {
          message: "Something went wrong on our side.",
          locations: expect.any(Array),
          path: ["company"],
          extensions: { code: "INTERNAL_SERVER_ERROR" },
        },
      ],
    });
    const told = lines.filter((line) => line.includes("an unexpected error"));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("no such table: entity_key");
  });

  it("while something is fetched or saved is masked too, and tells nothing of the database", async () => {
    const databasePath = join(folder, "tributary.db");
    app = await startTestApp({ databasePath, log: (line) => lines.push(line) });
    await app.query(SaveSafetyProfile, { input: { externalUserId: "u1" } });
    breakDatabase(databasePath, "drop table feed_item; drop table icp");
    const page = await app.query(SafetyPage, { first: 1 });
    const saved = await app.query(SaveSafetyProfile, { input: { externalUserId: "u2" } });
    for (const { errors } of [page, saved]) {
      expect(errors?.map(({ message, extensions }) => ({ message, ...extensions }))).toEqual([
        { message: "Something went wrong on our side.", code: "INTERNAL_SERVER_ERROR" },
      ]);
    }
    expect(JSON.stringify([page, saved])).not.toMatch(/table|sql|feed_item|node_modules|\.ts/i);
    const told = lines.filter((line) => line.includes("an unexpected error"));
    expect(told).not.toEqual([]); // the same error again is logged a second later
    for (const line of told) expect(line).toContain("no such table: icp");
  });
});

describe("INTROSPECTION=off", () => {
  it("refuses introspection, and does not suggest names", async () => {
    app = await startTestApp({ env: { INTROSPECTION: "off" } });
    for (const text of ["{ __schema { types { name } } }", '{ __type(name: "Company") { name } }']) {
      expect(await app.send(text)).toMatchObject({
        status: 400,
        errors: expect.arrayContaining([
          expect.objectContaining({ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }),
        ]),
      });
    }
    const { errors } = await app.send("{ provider { provider } }");
    expect(errors?.[0]?.message).toBe('Cannot query field "provider" on type "Query".');
    const asked = await app.send("query ($p: [Provider!]) { recommendations(providers: $p) { totalCount } }", {
      p: ["SURF"],
    });
    expect(asked.errors?.map(({ message }) => message)).toEqual([
      'Variable "$p" got invalid value "SURF" at "p[0]"; Value "SURF" does not exist in "Provider" enum.',
    ]);
    const reference = "query ($c: [CompanyReferenceInput!]!) { similarCompanies(companies: $c) { totalCount } }";
    const misnamed = await app.send(reference, { c: [{ domian: "Did you mean a domain?" }] });
    expect(misnamed.errors?.map(({ message }) => message)).toEqual([
      'Variable "$c" got invalid value { domian: "Did you mean a domain?" } at "c[0]"; Field "domian" is not defined by type "CompanyReferenceInput".',
    ]);
    expect(await app.send("{ __typename providers { __typename } }")).toMatchObject({ status: 200 });
  });

  it("is on where nothing is said, on loopback", async () => {
    app = await startTestApp();
    expect(await app.send('{ __type(name: "Company") { name } }')).toEqual({
      status: 200,
      data: { __type: { name: "Company" } },
    });
    const { errors } = await app.send("{ provider { provider } }");
    expect(errors?.[0]?.message).toContain('Did you mean "providers"');
  });
});

describe("PLAYGROUND=off", () => {
  it("shows a browser no page", async () => {
    app = await startTestApp({ env: { PLAYGROUND: "off" } });
    const response = await fetch(app.url, { headers: { accept: "text/html,*/*;q=0.8" } });
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toContain("application/json");
    for (const path of ["/playground/", "/playground/index.html"]) {
      expect((await fetch(new URL(path, app.url))).status).toBe(404);
    }
  });
});

describe("secrets", () => {
  const apiKey = "surfe-key-7d1f6f0c55";
  const loginToken = "login-token-2b9c0e";
  const otherKey = "lusha-key-91f2c4";
  const cursorSecret = Buffer.from("0123456789abcdef0123456789abcdef");
  const secrets = [
    apiKey,
    loginToken,
    otherKey,
    cursorSecret.toString(),
    cursorSecret.toString("base64"),
    cursorSecret.toString("hex"),
  ];
  const headers = { "x-linkup-login-token": loginToken, authorization: `Bearer ${otherKey}`, "x-api-key": otherKey };

  it("go nowhere but to their provider, whatever fails", async () => {
    const databasePath = join(folder, "tributary.db");
    const env = {
      SURFE_API_KEY: apiKey,
      LUSHA_API_KEY: otherKey,
      LINKUP_API_KEY: otherKey,
      LINKUP_LOGIN_TOKEN: loginToken,
      CURSOR_SECRET: cursorSecret.toString("base64"),
      SURFE_TIMEOUT_MS: "200",
      LOG_LEVEL: "trace",
    };
    const options = { surfe: { apiKey, companies: 300 }, losesAnswers: true, losesCharges: true };
    app = await startTestApp({ databasePath, env, log: (line) => lines.push(line), ...options });
    const out: string[] = [];
    const send = async (text: string, variables?: object): Promise<void> => {
      const response = await fetch(app.url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query: text, variables }),
      });
      out.push(JSON.stringify([...response.headers]), await response.text());
    };
    const page = (first: number) =>
      send(`{ recommendations(externalUserId: "u1", first: ${first}) { issues { message } nodes { id } } }`);
    const save = (industry: string) =>
      send(
        `mutation { upsertICP(input: { externalUserId: "u1", companies: { industries: ["${industry}"] } }) { userErrors { message } } }`,
      );
    await save("Software");
    await page(1);
    const echo = { code: 400, message: `Bearer ${apiKey} may not`, headers: { authorization: apiKey } };
    const faults = [
      ...[400, 401, 402, 403, 404, 409, 429, 500, 503].map(
        (status) => ({ kind: "status", status, body: echo }) as const,
      ),
      { kind: "hang" },
      { kind: "reset", when: "before" },
      { kind: "reset", when: "after" },
      { kind: "truncated" },
      { kind: "malformed" },
      { kind: "shape", body: echo },
      { kind: "shape", body: { companies: apiKey, pagination: { hasMore: apiKey, [apiKey]: 1 } } },
      { kind: "status", status: 302, headers: { location: `http://127.0.0.1:1/${apiKey}` }, body: echo },
    ] as const;
    for (const [i, fault] of faults.entries()) {
      app.surfe.control.failAlways(fault);
      await page(2 + i);
      await save("Finance");
      app.surfe.control.failAlways(null);
      await app.restart(); // closes the circuit
    }
    await send("{ providers { provider lastErrorCode } }");
    await send("{ nothing }");
    await send("{");
    await send('{ recommendations(after: "x") { totalCount } }');
    await app.surfe.close();
    await page(90);
    breakDatabase(databasePath, "drop table feed_item; drop table entity_key");
    await page(91);
    await send('{ company(domain: "surfe.com") { name } }');
    for (const path of ["/healthz", "/readyz", "/metrics", "/elsewhere"]) {
      const response = await fetch(new URL(path, app.url), { headers });
      out.push(JSON.stringify([...response.headers]), await response.text());
    }

    expect(app.surfe.control.calls().every((call) => call.headers["authorization"] === `Bearer ${apiKey}`)).toBe(true);
    expect(app.surfe.control.calls().some((call) => JSON.stringify(call).includes(loginToken))).toBe(false);
    expect(lines.length).toBeGreaterThan(0);
    expect(out.join("\n")).toContain("Bearer *** may not"); // Surfe's own words are shown, but for the key
    const text = [...out, ...lines].join("\n");
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(out.join("\n")).not.toContain(new URL(app.surfe.url).host);
  });

  it("do not show in cursors and ids", async () => {
    app = await startTestApp({ env: { CURSOR_SECRET: cursorSecret.toString("base64") }, surfe: { companies: 3 } });
    await app.query(SaveSafetyProfile, { input: { externalUserId: "u1" } });
    const { pageInfo, nodes } = present((await app.query(SafetyPage, { first: 2 })).data.recommendations);
    const texts = [present(pageInfo.endCursor), ...nodes.map(({ id }) => id)];
    const decoded = texts.map((text) => Buffer.from(text, "base64url").toString("latin1")).join("\n");
    for (const secret of [...secrets, "sandbox"]) expect(decoded).not.toContain(secret);
  });
});
