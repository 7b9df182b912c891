import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { Feeds } from "../../../src/feeds/feed/feeds";
import { PostgresDatabase } from "../../../src/store/sql/postgres-database";
import { startTcpProxy, type TcpProxy } from "../../support/postgres/tcp-proxy";
import { callsOf, startTestApp, type Answer, type TestApp } from "../../support/test-app";
import { runCommand } from "../../support/command";
import { newPostgresUrl } from "../../support/test-database";

const SAVE = `mutation($industries: [String!]) {
  upsertICP(input: { companies: { industries: $industries } }) { icp { id } }
}`;
const ICP = "{ icp { companies { industries } } }";
const PAGE = `query($first: Int!, $after: String) {
  recommendations(first: $first, after: $after) { nodes { id } pageInfo { endCursor } }
}`;

interface Page {
  readonly recommendations: {
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: { readonly endCursor: string };
  };
}

const DELETE = "mutation { deleteICP }";
const PEOPLE = "{ recommendations(first: 3) { nodes { people(first: 1) { nodes { id } } } } }";
const NODE = "query($id: ID!) { node(id: $id) { id } }";

interface People {
  readonly recommendations: {
    readonly nodes: readonly { readonly people: { readonly nodes: readonly { readonly id: string }[] } }[];
  };
}

let databaseUrl: string;
let proxy: TcpProxy;
let one: TestApp;
let other: TestApp;

beforeEach(async () => {
  databaseUrl = await newPostgresUrl();
  proxy = await startTcpProxy(databaseUrl);
  one = await startTestApp({ databaseUrl, surfe: { companies: 60 }, losesAnswers: true });
  // Both call the simulator of the first, as two processes call one provider.
  other = await startTestApp({ databaseUrl: proxy.url, env: { SURFE_BASE_URL: one.surfe.url }, losesAnswers: true });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await other.stop();
  await one.stop();
  await proxy.cut();
});

async function page(app: TestApp, first: number, after: string | null = null): Promise<Page["recommendations"]> {
  const answer = (await app.send(PAGE, { first, after })) as Answer<Page>;
  expect(answer.errors).toBeUndefined();
  return answer.data.recommendations;
}

describe("two processes on one PostgreSQL", () => {
  it("make one call for equal demands, and both get the rows", async () => {
    await one.send(SAVE);
    const [ours, theirs] = await Promise.all([page(one, 25), page(other, 25)]);
    expect(ours.nodes).toHaveLength(25);
    expect(theirs).toEqual(ours);
    expect(callsOf(one.surfe)).toEqual(["icp", "fetch 0-25"]);
  });

  it("extend a list in turns: nothing is fetched twice, and the cursors of one work on the other", async () => {
    await one.send(SAVE);
    const first = await page(one, 10);
    const second = await page(other, 10, first.pageInfo.endCursor);
    const third = await page(one, 10, second.pageInfo.endCursor);
    const all = await page(other, 30);
    expect([...first.nodes, ...second.nodes, ...third.nodes]).toEqual(all.nodes);
    expect(new Set(all.nodes.map(({ id }) => id)).size).toBe(30);
    expect(callsOf(one.surfe)).toEqual(["icp", "fetch 0-10", "fetch 9-20", "fetch 19-30"]);
  });

  it("serve what they have in memory without a statement, while another extends another list", async () => {
    const list = (app: TestApp, user: string, first: number): Promise<unknown> =>
      app.send(
        `{ recommendations(externalUserId: "${user}", first: ${String(first)}) { nodes { id company { name } } } }`,
      );
    for (const user of ["u1", "u2"]) {
      await one.send(`mutation { upsertICP(input: { externalUserId: "${user}" }) { icp { id } } }`);
      await list(one, user, user === "u1" ? 60 : 20); // all companies are known
    }
    const known = await list(other, "u1", 20);
    await list(other, "u2", 20);
    const heard = jest.spyOn(Feeds.prototype, "expireByIds");
    await list(one, "u2", 21);
    while (heard.mock.calls.length === 0) await nextTurn();
    const reads = jest.spyOn(PostgresDatabase.prototype, "read");
    const statements = (): readonly string[] => reads.mock.calls.map(([{ name }]) => name);
    expect(await list(other, "u1", 20)).toEqual(known);
    expect(statements()).toEqual([]);
    await list(other, "u2", 20);
    expect(statements()).toEqual(["newest feeds"]);
  });

  it("ask for the list of a cursor alone", async () => {
    await one.send(SAVE);
    const first = await page(one, 10);
    const second = await page(one, 10, first.pageInfo.endCursor);
    const reads = jest.spyOn(PostgresDatabase.prototype, "read");
    expect(await page(other, 10, first.pageInfo.endCursor)).toEqual(second);
    expect(reads.mock.calls.map(([{ name }]) => name)).toEqual([
      "profile of user",
      "heads of feeds",
      "rows of feeds",
      "entities by name",
    ]);
  });

  it("serve no profile that another has replaced or deleted, from the answer of the mutation on", async () => {
    for (const industry of ["Software", "Retail", "Banking", "Energy"]) {
      const [writer, reader] = industry === "Retail" ? [other, one] : [one, other];
      await writer.send(SAVE, { industries: [industry] });
      expect(await reader.send(ICP)).toEqual({ status: 200, data: { icp: { companies: { industries: [industry] } } } });
    }
    await one.send(DELETE);
    expect(await other.send(ICP)).toEqual({ status: 200, data: { icp: null } });
  });

  it.each([
    ["upsertICP", SAVE],
    ["deleteICP", DELETE],
  ])("have the answer of %s wait for a process that hears of it late", async (_, mutation) => {
    await one.send(SAVE);
    await other.send(ICP); // is in its memory now
    const order: string[] = [];
    const isAsked = proxy.hold(`"question"`);
    const answered = one.send(mutation).then(() => order.push("answered"));
    await Promise.race([isAsked, answered]);
    order.push("released");
    proxy.release();
    await answered;
    expect(order).toEqual(["released", "answered"]);
  });

  it("serve nothing of a person from the end of tributary forget on, which waits for one that hears of it late", async () => {
    await one.send(SAVE);
    const { data } = (await one.send(PEOPLE)) as Answer<People>;
    const [first = "", second = ""] = data.recommendations.nodes
      .flatMap(({ people }) => people.nodes)
      .map(({ id }) => id);
    const forget = (person: string): Promise<unknown> =>
      runCommand(["forget", "--person", person], { DATABASE_URL: databaseUrl, SANDBOX: "off" });
    expect(await other.send(NODE, { id: first })).toEqual({ status: 200, data: { node: { id: first } } });
    await forget(first);
    expect(await other.send(NODE, { id: first })).toEqual({ status: 200, data: { node: null } });
    const order: string[] = [];
    const isAsked = proxy.hold(`"question"`);
    const ended = forget(second).then(() => order.push("ended"));
    await Promise.race([isAsked, ended]);
    order.push("released");
    proxy.release();
    await ended;
    expect(order).toEqual(["released", "ended"]);
  });
});
