import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { callsOf, startTestApp, type Answer, type TestApp } from "../../support/test-app";
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

let one: TestApp;
let other: TestApp;

beforeEach(async () => {
  const databaseUrl = await newPostgresUrl();
  one = await startTestApp({ databaseUrl, losesAnswers: true });
  // Both call the simulator of the first, as two processes call one provider.
  other = await startTestApp({ databaseUrl, env: { SURFE_BASE_URL: one.surfe.url }, losesAnswers: true });
});

afterEach(async () => {
  await other.stop();
  await one.stop();
});

async function page(app: TestApp, first: number, after: string | null = null): Promise<Page["recommendations"]> {
  const answer = (await app.send(PAGE, { first, after })) as Answer<Page>;
  expect(answer.errors).toBeUndefined();
  return answer.data.recommendations;
}

/** Asks until the answer is as expected, and returns how long that took. */
async function until(expected: unknown, ask: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  while (JSON.stringify(await ask()) !== JSON.stringify(expected)) await nextTurn();
  return performance.now() - begun;
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

  it("see each other's profiles", async () => {
    await one.send(SAVE, { industries: ["Software"] });
    const saved = (industries: readonly string[]) => ({ status: 200, data: { icp: { companies: { industries } } } });
    await until(saved(["Software"]), () => other.send(ICP));
    await other.send(SAVE, { industries: ["Retail"] });
    await until(saved(["Retail"]), () => one.send(ICP));
    expect(await one.send(ICP)).toEqual(saved(["Retail"]));
  });
});
