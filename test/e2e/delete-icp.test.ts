import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";

const SAVE = `mutation { upsertICP(input: { externalUserId: "u1" }) { icp { id } } }`;
const DELETE = `mutation { deleteICP(externalUserId: "u1") }`;
const PAGE = `query ($first: Int, $after: String) {
  recommendations(externalUserId: "u1", first: $first, after: $after) {
    edges { cursor node { id company { id } } }
    pageInfo { hasNextPage hasPreviousPage }
    issues { code }
  }
}`;

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: unknown }[];
}

let app: TestApp;

beforeEach(async () => {
  app = await startTestApp({ surfe: { companies: 40 }, now: () => new Date("2026-11-20T12:00:00.000Z") });
});

afterEach(() => app.stop());

async function page(first: number, after: string | null = null): Promise<Page> {
  const { data } = await app.send(PAGE, { first, after });
  return (data as { readonly recommendations: Page }).recommendations;
}

describe("Mutation.deleteICP", () => {
  it("is false where there was no profile", async () => {
    expect(await app.send(DELETE)).toEqual({ status: 200, data: { deleteICP: false } });
    expect(await app.send("mutation { deleteICP }")).toEqual({ status: 200, data: { deleteICP: false } });
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("deletes the profile, from every place where it is shown", async () => {
    const { data } = await app.send(SAVE);
    const { id } = (data as { upsertICP: { icp: { id: string } } }).upsertICP.icp;
    expect((await app.send(DELETE)).data).toEqual({ deleteICP: true });
    expect((await app.send(DELETE)).data).toEqual({ deleteICP: false });
    const shown = await app.send(
      `query ($id: ID!) { icp(externalUserId: "u1") { id } node(id: $id) { id } icps { totalCount nodes { id } } }`,
      { id },
    );
    expect(shown).toEqual({ status: 200, data: { icp: null, node: null, icps: { totalCount: 0, nodes: [] } } });
    expect(await app.send(PAGE, { first: 2 })).toMatchObject({
      data: { recommendations: null },
      errors: [
        {
          extensions: { code: "PROFILE_NOT_FOUND" },
          message: expect.stringContaining('There is no profile for externalUserId "u1".'),
        },
      ],
    });
    expect(callsOf(app.surfe)).toEqual(["icp"]);
  });

  it("lets cursors of its lists go on reading what is recorded, and nothing more", async () => {
    await app.send(SAVE);
    const { edges } = await page(5);
    await app.send(DELETE);
    expect(await app.send(PAGE, { first: 10, after: edges[1]?.cursor })).toEqual({
      status: 200,
      data: {
        recommendations: {
          edges: edges.slice(2),
          pageInfo: { hasNextPage: false, hasPreviousPage: true },
          issues: [],
        },
      },
    });
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-5"]);
  });

  it("lets no cursor of another list be read in its place", async () => {
    await app.send(`mutation { upsertICP(input: { externalUserId: "u2" }) { icp { id } } }`);
    const other = await app.send(`{ recommendations(externalUserId: "u2", first: 1) { pageInfo { endCursor } } }`);
    const { recommendations } = other.data as { recommendations: { pageInfo: { endCursor: string } } };
    const { errors } = await app.send(PAGE, { first: 1, after: recommendations.pageInfo.endCursor });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["CURSOR_INVALID"]);
  });

  it("gives a profile that is saved anew its old id, and a new list; the old one's cursors go on", async () => {
    const first = await app.send(SAVE);
    const { edges } = await page(3);
    await app.send(DELETE);
    expect(await app.send(SAVE)).toEqual(first);
    const again = await page(2);
    expect(again.edges.map(({ cursor }) => cursor)).not.toEqual(edges.slice(0, 2).map(({ cursor }) => cursor));
    expect((await page(9, edges[0]?.cursor)).edges).toEqual(edges.slice(1));
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-3", "icp", "fetch 0-2"]);
  });
});
