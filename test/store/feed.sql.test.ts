import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { UNKNOWN_COMPANY } from "../../src/domain/company";
import { entityKey } from "../../src/domain/entity-key";
import { nameKey, type FeedHead, type FeedName, type NewItem } from "../../src/feeds/feed/feed-model";
import type { Database } from "../../src/store/open-database";
import { SqlFeedStore } from "../../src/store/feed.sql";
import { closeFeeds } from "../../src/store/feeds/closing";
import { query } from "../support/database";
import { extension, paidBy, HEAD, NOW, rowOf, rows } from "../support/fake-feed";
import { ACME_TENANT, OTHER_TENANT } from "../support/tenants";
import { openTestDatabase } from "../support/test-database";

const LATER = new Date("2026-11-20T11:00:00Z");
const OTHER_ID = "01234567-89ab-4cde-8f01-23456789abce";

let database: Database;
let store: SqlFeedStore;

beforeEach(async () => {
  database = await openTestDatabase();
  store = new SqlFeedStore(database);
});

afterEach(() => database.destroy());

async function subjectsOf(feed: FeedHead): Promise<readonly string[]> {
  const [items = []] = await store.items([{ feed, from: 0, to: 1000 }]);
  return items.map(({ position, subject }) => `${String(position)} ${subject}`);
}

describe("SqlFeedStore.newest", () => {
  it("finds the newest open feed of each name", async () => {
    await store.create(HEAD);
    await store.create({ ...HEAD, id: OTHER_ID, createdAt: LATER, state: { offset: 3 }, total: 7, endedAt: LATER });
    await store.create({ ...HEAD, id: "closed", createdAt: new Date("2026-11-21"), closed: true });
    const unknown = { ...HEAD, query: "other" };
    expect(await store.newest([HEAD, unknown, { ...HEAD, tenant: OTHER_TENANT }])).toEqual(
      new Map([
        [nameKey(HEAD), { ...HEAD, id: OTHER_ID, createdAt: LATER, state: { offset: 3 }, total: 7, endedAt: LATER }],
      ]),
    );
  });

  it("finds feeds of thousands of names", async () => {
    await store.create(HEAD);
    const names = Array.from({ length: 2_500 }, (_, i) => ({ ...HEAD, query: String(i) }));
    expect(await store.newest([...names, HEAD])).toEqual(new Map([[nameKey(HEAD), HEAD]]));
  });
});

describe("SqlFeedStore.byIds", () => {
  it("finds the tenant's feeds alone, open or closed", async () => {
    const closed = { ...HEAD, id: OTHER_ID, closed: true };
    await store.create(HEAD);
    await store.create(closed);
    await store.create({ ...HEAD, tenant: OTHER_TENANT, id: "theirs" });
    expect(await store.byIds(ACME_TENANT, [HEAD.id, OTHER_ID, "theirs", "unknown"])).toEqual(
      new Map([
        [HEAD.id, HEAD],
        [OTHER_ID, closed],
      ]),
    );
  });
});

describe("SqlFeedStore.append", () => {
  beforeEach(() => store.create(HEAD));

  it("records rows, state, total and end, and tells what may read differently now", async () => {
    const content = {
      provider: "SURFE",
      generatedAt: LATER,
      reasons: [{ provider: "SURFE", type: "X", title: "T", shortDescription: null, description: null, score: 9 }],
      people: [],
    } as const;
    const appended = await store.append(
      HEAD,
      ...paidBy("call", { ...extension([{ ...rowOf(0), content }, rowOf(1)], true), state: { offset: 2 }, total: 2 }),
      LATER,
    );
    const head = { ...HEAD, length: 2, state: { offset: 2 }, total: 2, endedAt: LATER };
    const items = [
      { position: 0, subject: "Company:domain:c0.com", content, recordedAt: LATER },
      {
        position: 1,
        subject: "Company:domain:c1.com",
        content: { provider: "SURFE", generatedAt: null, reasons: [], people: [] },
        recordedAt: LATER,
      },
    ];
    expect(appended).toEqual({
      head,
      items,
      changes: {
        entities: items.map(({ subject }) => ({ root: subject, keys: [subject], records: [expect.any(Object)] })),
        stale: [],
        people: new Map(),
        recommendations: items.map(({ subject, position }) => ({
          names: [subject],
          place: { feedId: HEAD.id, position, mark: expect.any(Number) },
          isFirst: true,
        })),
      },
      folded: [],
      hasErased: false,
      credits: 0,
    });
    expect(await store.byIds(ACME_TENANT, [HEAD.id])).toEqual(new Map([[HEAD.id, head]]));
    expect(await store.items([{ feed: head, from: 0, to: 2 }])).toEqual([items]);
  });

  it("keeps rows that were found, not recommended", async () => {
    const { head } = await store.append(HEAD, ...paidBy("call", extension([{ ...rowOf(0), content: null }])), NOW);
    const [items] = await store.items([{ feed: head, from: 0, to: 1 }]);
    expect(items).toEqual([{ position: 0, subject: "Company:domain:c0.com", content: null, recordedAt: NOW }]);
  });

  it("drops subjects that the feed has, and those that come twice", async () => {
    const { head } = await store.append(HEAD, ...paidBy("call", extension(rows(0, 3))), NOW);
    const again = await store.append(head, ...paidBy("call", extension([rowOf(1), rowOf(3), rowOf(3), rowOf(0)])), NOW);
    expect(again.head.length).toBe(4);
    expect(await subjectsOf(again.head)).toEqual([
      "0 Company:domain:c0.com",
      "1 Company:domain:c1.com",
      "2 Company:domain:c2.com",
      "3 Company:domain:c3.com",
    ]);
  });

  it("drops a subject that the feed has under another of its keys", async () => {
    const domain = entityKey("Company", "domain", "c0.com");
    const linkedin = entityKey("Company", "linkedin", "c0");
    const named = (keys: readonly [typeof domain, ...(typeof domain)[]]): NewItem => ({
      ...rowOf(0),
      subject: keys[0],
      records: [{ kind: "Company", provider: "SURFE", providerId: null, keys, fields: UNKNOWN_COMPANY }],
    });
    const { head } = await store.append(HEAD, ...paidBy("call", extension([named([linkedin])])), NOW);
    const both = await store.append(head, ...paidBy("call", extension([named([domain, linkedin])])), NOW);
    expect(both.head.length).toBe(1);
    expect(both.changes.entities.map(({ root, keys }) => ({ root, keys }))).toEqual([
      { root: "Company:domain:c0.com", keys: ["Company:linkedin:c0", "Company:domain:c0.com"] },
    ]);
    expect(await subjectsOf(both.head)).toEqual(["0 Company:linkedin:c0"]);
  });

  it("takes back an end where there is more after all", async () => {
    const { head } = await store.append(HEAD, ...paidBy("call", extension([], true)), NOW);
    expect(head.endedAt).toEqual(NOW);
    expect((await store.append(head, ...paidBy("call", extension([rowOf(0)])), NOW)).head.endedAt).toBeNull();
  });

  it("puts rows after those that came meanwhile, and leaves the state that they left", async () => {
    const first = { ...extension(rows(0, 2)), state: { offset: 2 }, total: 9 };
    await store.append(HEAD, ...paidBy("call", first), NOW);
    const late = { ...extension(rows(1, 4), true), state: { offset: 4 }, total: 4 };
    const { head } = await store.append(HEAD, ...paidBy("late", late), LATER);
    expect(head).toEqual({ ...HEAD, length: 4, state: { offset: 2 }, total: 9 });
    expect(await store.byIds(ACME_TENANT, [HEAD.id])).toEqual(new Map([[HEAD.id, head]]));
    expect(await subjectsOf(head)).toEqual([
      "0 Company:domain:c0.com",
      "1 Company:domain:c1.com",
      "2 Company:domain:c2.com",
      "3 Company:domain:c3.com",
    ]);
  });

  it("leaves the state where a call that brought no rows was faster", async () => {
    await store.append(HEAD, ...paidBy("call", { ...extension([]), state: { offset: 2 } }), NOW);
    const { head } = await store.append(HEAD, ...paidBy("late", { ...extension(rows(0, 1)), state: null }), LATER);
    expect(head).toEqual({ ...HEAD, length: 1, state: { offset: 2 } });
  });

  it("keeps what was paid for where the feed was deleted meanwhile, as records without a place", async () => {
    const deleted = { ...HEAD, id: OTHER_ID };
    const appended = await store.append(deleted, ...paidBy("call", extension(rows(0, 2))), NOW);
    expect(appended).toMatchObject({ head: { ...deleted, closed: true }, items: [] });
    expect(await query(database, "select entity from record")).toHaveLength(2);
    expect(await query(database, "select position from feed_item")).toEqual([]);
  });

  it("records thousands of rows at once", async () => {
    const { head } = await store.append(HEAD, ...paidBy("call", extension(rows(0, 2_000))), NOW);
    const [items = []] = await store.items([{ feed: head, from: 1_990, to: 2_000 }]);
    expect(items.map(({ position }) => position)).toEqual([1990, 1991, 1992, 1993, 1994, 1995, 1996, 1997, 1998, 1999]);
  });
});

describe("SqlFeedStore.items", () => {
  it("answers in the order of the windows, with what exists", async () => {
    await store.create(HEAD);
    const { head } = await store.append(HEAD, ...paidBy("call", extension(rows(0, 5))), NOW);
    const found = await store.items([
      { feed: head, from: 3, to: 9 },
      { feed: head, from: 1, to: 3 },
      { feed: { ...head, tenant: OTHER_TENANT }, from: 0, to: 0 },
      { feed: { ...head, id: "unknown" }, from: 0, to: 5 },
      { feed: head, from: 1, to: 2 },
    ]);
    expect(found.map((items) => items.map(({ position }) => position))).toEqual([[3, 4], [1, 2], [], [], [1]]);
  });

  it("reads thousands of windows", async () => {
    await store.create(HEAD);
    const { head } = await store.append(HEAD, ...paidBy("call", extension(rows(0, 3))), NOW);
    const windows = Array.from({ length: 2_500 }, (_, i) => ({ feed: head, from: i % 3, to: (i % 3) + 1 }));
    const found = await store.items(windows);
    expect(found.filter((items) => items.length === 1)).toHaveLength(2_500);
  });
});

describe("SqlFeedStore.append where entities become one", () => {
  it("folds later rows of one subject, in every feed, once and for good", async () => {
    const other = { ...HEAD, id: "other", connection: "icp:2" };
    await store.create(HEAD);
    await store.create(other);
    const { head } = await store.append(HEAD, ...paidBy("1", extension(rows(0, 4))), NOW);
    await store.append(other, ...paidBy("2", extension([rowOf(2), rowOf(1)])), NOW);
    const bridge = joining(1, 3);
    const joined = await store.append(head, ...paidBy("3", extension([bridge])), NOW);
    expect([joined.head.length, joined.head.folded, joined.folded]).toEqual([
      4,
      [3],
      [{ feedId: HEAD.id, folded: [3] }],
    ]);
    const wider = await store.append(joined.head, ...paidBy("4", extension([joining(1, 2)])), NOW);
    expect(wider.head.folded).toEqual([2, 3]);
    expect(wider.folded).toEqual(
      expect.arrayContaining([
        { feedId: HEAD.id, folded: [2, 3] },
        { feedId: "other", folded: [1] },
      ]),
    );
    const kept = await store.byIds(ACME_TENANT, [HEAD.id, "other"]);
    expect([kept.get(HEAD.id)?.folded, kept.get("other")?.folded]).toEqual([[2, 3], [1]]);
  });
});

describe("SqlFeedStore.append where others become one later", () => {
  it("keeps folded what was folded before", async () => {
    await store.create(HEAD);
    const { head } = await store.append(HEAD, ...paidBy("1", extension(rows(0, 5))), NOW);
    const first = await store.append(head, ...paidBy("2", extension([joining(1, 3)])), NOW);
    const second = await store.append(first.head, ...paidBy("3", extension([joining(0, 2)])), NOW);
    expect([second.head.folded, second.folded]).toEqual([[2, 3], [{ feedId: HEAD.id, folded: [2, 3] }]]);
    expect(await store.byIds(ACME_TENANT, [HEAD.id])).toEqual(new Map([[HEAD.id, second.head]]));
  });
});

/** A row by which two companies turn out to be one. */
function joining(one: number, other: number): NewItem {
  const row = rowOf(one);
  const keys = [one, other].map((number) => entityKey("Company", "domain", `c${String(number)}.com`));
  return { ...row, records: row.records.map((record) => ({ ...record, keys })) };
}

describe("closeFeeds", () => {
  it("closes the open feeds of that connection that are not to go on", async () => {
    await store.create(HEAD);
    await store.create({ ...HEAD, id: "another query", query: "old" });
    await store.create({ ...HEAD, id: "another connection", query: "old", connection: "icp:2" });
    await store.create({ ...HEAD, id: "merged", query: "old", provider: "MERGED" });
    await store.create({ ...HEAD, id: "another tenant", query: "old", tenant: OTHER_TENANT });
    const goesOn = ({ provider, query: asked }: FeedName) => provider === "MERGED" || asked === "{}";
    await database.writing(ACME_TENANT, (writer) => closeFeeds(writer, HEAD.connection, goesOn));
    expect(await query(database, "select id from feed where closed = 1")).toEqual([{ id: "another query" }]);
  });
});
