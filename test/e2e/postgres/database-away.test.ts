import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startTcpProxy, type TcpProxy } from "../../support/postgres/tcp-proxy";
import { callsOf, startTestApp, type TestApp } from "../../support/test-app";
import { newPostgresUrl } from "../../support/test-database";

const SIMILAR = `{ similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 25) { nodes { id } } }`;
const SAVE = "mutation { upsertICP(input: {}) { icp { id } } }";
const recommended = (first: number): string => `{ recommendations(first: ${String(first)}) { nodes { id } } }`;
const UNKNOWN = `{ company(domain: "nobody-knows.com") { id } }`;
const WRONG = { message: "Something went wrong on our side.", extensions: { code: "INTERNAL_SERVER_ERROR" } };

let proxy: TcpProxy;
let app: TestApp;

beforeEach(async () => {
  proxy = await startTcpProxy(await newPostgresUrl());
  app = await startTestApp({ providers: ["SURFE", "LUSHA"], databaseUrl: proxy.url });
});

afterEach(async () => {
  await app.stop();
  await proxy.cut();
});

async function health() {
  const response = await fetch(new URL("/readyz", app.url));
  return [response.status, await response.json()];
}

async function untilReady(): Promise<void> {
  while ((await health())[0] !== 200) await nextTurn();
}

describe("a server whose PostgreSQL goes away", () => {
  it("serves what is in memory, says that it is not ready, and is well by itself once PostgreSQL is back", async () => {
    await app.send(SAVE);
    const page = await app.send(recommended(25));
    await proxy.cut();
    expect(await app.send(recommended(25))).toEqual(page);
    expect(await app.send(UNKNOWN)).toMatchObject({ errors: [WRONG] });
    expect(await app.send(recommended(50))).toMatchObject({ errors: [WRONG] });
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-25"]);
    expect(await health()).toEqual([
      503,
      { status: "not ready", reason: "database", message: "The database does not answer." },
    ]);
    await proxy.heal();
    await untilReady();
    expect(await app.send(UNKNOWN)).toMatchObject({ data: { company: null } });
    const { data } = await app.send(recommended(50));
    expect((data as { recommendations: { nodes: unknown[] } }).recommendations.nodes).toHaveLength(50);
  });

  it.each([
    ["is lost with the connection", "loseCommitOf"],
    ["never comes, and nobody says why", "silenceCommitOf"],
  ] as const)("records a page once that was paid for, where the answer to its commit %s", async (_, lose) => {
    proxy[lose]("update provider_call set (settled_at");
    const { data } = await app.send(SIMILAR);
    expect((data as { similarCompanies: { nodes: unknown[] } }).similarCompanies.nodes).toHaveLength(25);
    expect(app.lusha.control.calls()).toHaveLength(1);
    expect(await app.send("{ providers { provider creditsSpent } }")).toMatchObject({
      data: { providers: expect.arrayContaining([{ provider: "LUSHA", creditsSpent: 25 }]) },
    });
  });
});
