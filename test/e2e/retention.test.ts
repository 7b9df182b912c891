import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import Sqlite from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { temporaryFolder } from "../support/server-process";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";

const DAY_MS = 86_400_000;
const PAGE = `query($after: String) {
  recommendations(first: 2, after: $after) { pageInfo { endCursor } nodes { company { id domain } } }
}`;

interface Page {
  readonly recommendations: {
    readonly pageInfo: { readonly endCursor: string };
    readonly nodes: readonly { readonly company: { readonly id: string; readonly domain: string } }[];
  };
}

let folder: ReturnType<typeof temporaryFolder>;
let now: Date;
let app: TestApp;

beforeEach(() => {
  folder = temporaryFolder();
  now = new Date("2026-11-20T10:00:00Z");
});

afterEach(async () => {
  await app.stop();
  folder.remove();
});

/** Resolves once so many feeds are kept. */
async function untilKept(path: string, feeds: number): Promise<void> {
  const database = new Sqlite(path);
  const counting = database.prepare("select count(*) as n from feed");
  while ((counting.get([]) as { readonly n: number }).n !== feeds) await nextTurn();
  database.close();
}

describe("a list that nobody read for longer than KEEP_FEEDS", () => {
  it("is gone, its cursors have expired, and its companies are known still", async () => {
    const databasePath = join(folder.path, "tributary.db");
    app = await startTestApp({ databasePath, now: () => now, losesCharges: true, env: { KEEP_FEEDS: "P180D" } });
    await app.send("mutation { upsertICP(input: {}) { icp { id } } }");
    const { recommendations } = (await app.send(PAGE)).data as Page;
    const after = recommendations.pageInfo.endCursor;
    const [first] = recommendations.nodes;
    now = new Date(now.getTime() + 179 * DAY_MS);
    await app.restart();
    expect(await app.send(PAGE, { after })).toMatchObject({ data: { recommendations: { nodes: expect.any(Array) } } });
    const calls = callsOf(app.surfe);
    now = new Date(now.getTime() + 360 * DAY_MS);
    await app.restart();
    await untilKept(databasePath, 0);
    expect(await app.send(PAGE, { after })).toMatchObject({
      data: { recommendations: null },
      errors: [
        {
          message: "The list of this cursor was deleted. Read it again from the beginning.",
          extensions: { code: "CURSOR_EXPIRED" },
        },
      ],
    });
    expect(
      await app.send(
        `{ node(id: "${String(first?.company.id)}") { ... on Company { domain recommendations { totalCount } } } }`,
      ),
    ).toMatchObject({
      data: { node: { domain: first?.company.domain, recommendations: { totalCount: 0 } } },
    });
    expect(callsOf(app.surfe)).toEqual(calls);
  });
});
