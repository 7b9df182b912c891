import { beforeEach, describe, expect, it } from "@jest/globals";
import { Feeds } from "../../../src/feeds/feed/feeds";
import { nameKey, type FeedHead, type FeedName } from "../../../src/feeds/feed/feed-model";
import type { FeedStore } from "../../../src/feeds/feed/feed-store.port";
import { deferred, extenderOver, FakeLedger, FakeSource, HEAD, NOW } from "../../support/fake-feed";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";

const NAME: FeedName = { tenant: ACME_TENANT, connection: "icp:1", provider: "SURFE", query: "{}" };
const UUID = /^[0-9a-f-]{36}$/;

let kept: FeedHead[];
let queries: string[];
let now: Date;
let feeds: Feeds;
const source = new FakeSource();
const wanted = { name: NAME, source };

function store(): FeedStore {
  return {
    newest: (names) => {
      queries.push(`newest ${String(names.length)}`);
      const found = kept.filter((head) => !head.closed && names.some((name) => nameKey(name) === nameKey(head)));
      return Promise.resolve(new Map(found.map((head) => [nameKey(head), head])));
    },
    byIds: (tenant, ids) => {
      queries.push(`byIds ${ids.join()}`);
      const found = kept.filter((head) => head.tenant === tenant && ids.includes(head.id));
      return Promise.resolve(new Map(found.map((head) => [head.id, head])));
    },
    create: (head) => {
      queries.push("create");
      kept.push(head);
      return Promise.resolve();
    },
    append: () => Promise.reject(new Error("not here")),
    unknownTo: () => Promise.reject(new Error("not here")),
    items: () => Promise.reject(new Error("not here")),
  };
}

beforeEach(() => {
  kept = [];
  queries = [];
  now = NOW;
  feeds = new Feeds(store(), extenderOver(new FakeLedger()), () => now);
});

describe("Feeds.newest", () => {
  it("has none where none has begun", async () => {
    expect(await feeds.newest([wanted])).toEqual([null]);
    expect(feeds.peekNewest(wanted)).toBeNull();
  });

  it("reads all that are not in memory by one query, and then from memory", async () => {
    kept = [HEAD, { ...HEAD, id: "2", query: "other" }];
    const other = { name: { ...NAME, query: "other" }, source };
    const found = await feeds.newest([wanted, other, wanted]);
    expect(found.map((feed) => feed?.head.id)).toEqual([HEAD.id, "2", HEAD.id]);
    expect(found[0]).toBe(found[2]);
    expect(await feeds.newest([other, wanted])).toEqual([found[1], found[0]]);
    expect(queries).toEqual(["newest 3"]);
  });

  it("keeps one feed in memory, however it is found", async () => {
    kept = [HEAD];
    const byId = (await feeds.byIds(ACME_TENANT, [HEAD.id])).get(HEAD.id);
    const [byName] = await feeds.newest([wanted]);
    expect(byName).toBe(byId);
  });

  it("has none where the newest is older than the source's maximum age", async () => {
    kept = [HEAD];
    now = new Date(NOW.getTime() + 59_999);
    expect((await feeds.newest([wanted]))[0]?.head.id).toBe(HEAD.id);
    now = new Date(NOW.getTime() + 60_000);
    expect(await feeds.newest([wanted])).toEqual([null]);
    expect(feeds.peekById(ACME_TENANT, HEAD.id)?.head.id).toBe(HEAD.id);
  });
});

describe("Feeds.byIds", () => {
  it("finds the tenant's own alone, by one query, and then from memory", async () => {
    kept = [HEAD, { ...HEAD, id: "theirs", tenant: OTHER_TENANT }];
    const found = await feeds.byIds(ACME_TENANT, [HEAD.id, "theirs", "unknown", HEAD.id]);
    expect([...found].map(([id, feed]) => [id, feed.head.id])).toEqual([[HEAD.id, HEAD.id]]);
    expect((await feeds.byIds(ACME_TENANT, [HEAD.id])).get(HEAD.id)).toBe(found.get(HEAD.id));
    expect(queries).toEqual([`byIds ${HEAD.id},theirs,unknown,${HEAD.id}`]);
    expect(feeds.peekById(OTHER_TENANT, HEAD.id)).toBeNull();
    expect((await feeds.byIds(OTHER_TENANT, [HEAD.id, "theirs"])).has(HEAD.id)).toBe(false);
  });

  it("keeps the first where two read it at one time", async () => {
    kept = [HEAD];
    const [one, two] = await Promise.all([feeds.byIds(ACME_TENANT, [HEAD.id]), feeds.byIds(ACME_TENANT, [HEAD.id])]);
    expect(two.get(HEAD.id)).toBe(one.get(HEAD.id));
  });
});

describe("Feeds that let go of what was not read for long", () => {
  const others = Array.from({ length: 3 }, (_, i) => ({ ...HEAD, id: `other-${String(i)}`, query: String(i) }));
  const pushOut = (): Promise<unknown> =>
    feeds.byIds(
      ACME_TENANT,
      others.map(({ id }) => id),
    );

  beforeEach(() => {
    feeds = new Feeds(store(), extenderOver(new FakeLedger()), () => now, 2);
    kept = [HEAD, ...others];
  });

  it("find a feed again that somebody holds, by its id and by its name", async () => {
    const [held] = await feeds.newest([wanted]);
    await pushOut();
    expect((await feeds.byIds(ACME_TENANT, [HEAD.id])).get(HEAD.id)).toBe(held);
    await pushOut();
    expect((await feeds.newest([wanted]))[0]).toBe(held);
    await pushOut();
    expect(feeds.peekById(ACME_TENANT, HEAD.id)).toBe(held);
    expect(await feeds.begin(wanted)).toBe(held);
  });

  it("fold and close a feed that somebody holds", async () => {
    const [held] = await feeds.newest([wanted]);
    await pushOut();
    feeds.fold([{ feedId: HEAD.id, folded: [3] }]);
    await pushOut();
    feeds.close(ACME_TENANT, "icp:1", ({ query }) => query !== "{}");
    expect(held?.head).toEqual({ ...HEAD, folded: [3], closed: true });
  });
});

describe("Feeds whose heads are read while others write", () => {
  const slowly = (reading: Promise<undefined>): FeedStore => {
    const fast = store();
    const later = async <T>(read: Promise<T>): Promise<T> => {
      const heads = await read;
      await reading;
      return heads;
    };
    return {
      ...fast,
      newest: (names) => later(fast.newest(names)),
      byIds: (tenant, ids) => later(fast.byIds(tenant, ids)),
    };
  };

  it("read them again: what was folded or closed meanwhile is so in memory too", async () => {
    kept = [HEAD];
    const reading = deferred<undefined>();
    feeds = new Feeds(slowly(reading.promise), extenderOver(new FakeLedger()), () => now);
    const byId = feeds.byIds(ACME_TENANT, [HEAD.id]);
    const byName = feeds.newest([wanted]);
    kept = [{ ...HEAD, folded: [2], closed: true }];
    feeds.close(ACME_TENANT, "icp:1", () => false);
    reading.resolve(undefined);
    expect((await byId).get(HEAD.id)?.head).toEqual({ ...HEAD, folded: [2], closed: true });
    expect(await byName).toEqual([null]);
    expect(queries).toEqual([`byIds ${HEAD.id}`, "newest 1", `byIds ${HEAD.id}`, "newest 1"]);
  });

  it.each<[string, () => void, number]>([
    ["the feed", () => feeds.expireByIds(["other", HEAD.id]), 2],
    ["another feed", () => feeds.expireByIds(["other"]), 1],
    ["no feed", () => feeds.expireByIds([]), 1],
    ["any feed of the tenant", () => feeds.expire(ACME_TENANT), 2],
    ["any feed", () => feeds.expire(null), 2],
    ["feeds of another tenant", () => feeds.expire(OTHER_TENANT), 1],
    ["the feed, which has folded rows now", () => feeds.fold([{ feedId: HEAD.id, folded: [2] }]), 2],
    ["another feed, which has folded rows now", () => feeds.fold([{ feedId: "other", folded: [2] }]), 1],
    ["the feed, which was deleted", () => feeds.forget([HEAD.id]), 2],
    ["the feed, which is closed now", () => feeds.closeByIds([HEAD.id]), 2],
  ])("read them again only where that may be them: a write changed %s", async (_, change, times) => {
    kept = [HEAD];
    const reading = deferred<undefined>();
    feeds = new Feeds(slowly(reading.promise), extenderOver(new FakeLedger()), () => now);
    const byId = feeds.byIds(ACME_TENANT, [HEAD.id]);
    const byName = feeds.newest([wanted]);
    change();
    reading.resolve(undefined);
    await Promise.all([byId, byName]);
    const once = [`byIds ${HEAD.id}`, "newest 1"];
    expect(queries).toEqual(times === 1 ? once : [...once, ...once]);
  });

  it("keep the newer of two feeds of one name", async () => {
    kept = [HEAD];
    const reading = deferred<undefined>();
    feeds = new Feeds(slowly(reading.promise), extenderOver(new FakeLedger()), () => now);
    const finding = feeds.newest([wanted]);
    now = new Date(NOW.getTime() + 1);
    const begun = await feeds.begin(wanted);
    reading.resolve(undefined);
    expect(await finding).toEqual([begun]);
    expect(feeds.peekNewest(wanted)).toBe(begun);
  });
});

describe("Feeds that another process wrote", () => {
  it("are read again, and no others", async () => {
    kept = [HEAD, { ...HEAD, id: "2", query: "other" }];
    const other = { name: { ...NAME, query: "other" }, source };
    await feeds.newest([wanted, other]);
    feeds.expireByIds([HEAD.id, "unknown"]);
    expect([feeds.peekNewest(wanted), feeds.peekNewest(other)?.head.id]).toEqual([null, "2"]);
    kept = [{ ...HEAD, length: 5 }];
    expect((await feeds.newest([wanted, other])).map((feed) => feed?.head.length)).toEqual([5, HEAD.length]);
    expect(queries).toEqual(["newest 2", "newest 1"]);
  });
});

describe("Feeds.newest of a feed with several names", () => {
  const now = { name: { ...NAME, query: "now" }, aliases: [{ ...NAME, query: "then" }, NAME], source };

  it("finds the one that began under another name, the newest of them, and from then on by this name", async () => {
    kept = [HEAD, { ...HEAD, id: "2", query: "then", createdAt: new Date(NOW.getTime() + 1) }];
    const [found] = await feeds.newest([now]);
    expect(found?.head.id).toBe("2");
    expect(feeds.peekNewest({ name: now.name, source })).toBe(found);
    expect(await feeds.newest([now])).toEqual([found]);
    expect(await feeds.begin(now)).toBe(found);
    expect(queries).toEqual(["newest 3"]);
  });

  it("takes the one of this very name first", async () => {
    kept = [
      { ...HEAD, query: "now" },
      { ...HEAD, id: "2", createdAt: new Date(NOW.getTime() + 1) },
    ];
    expect((await feeds.newest([now]))[0]?.head.id).toBe(HEAD.id);
  });

  it("has none where none has begun, and begins one in the state that is given", async () => {
    expect(await feeds.newest([now])).toEqual([null]);
    const begun = await feeds.begin({ ...now, initialState: { asked: 1 } });
    expect(begun.head).toMatchObject({ query: "now", state: { asked: 1 } });
  });
});

describe("Feeds.begin", () => {
  it("begins one feed for equal names at one time", async () => {
    const [one, two] = await Promise.all([feeds.begin(wanted), feeds.begin(wanted)]);
    expect(two).toBe(one);
    expect(one.head).toEqual({ ...HEAD, id: expect.stringMatching(UUID) });
    expect(await feeds.begin(wanted)).toBe(one);
    expect(await feeds.newest([wanted])).toEqual([one]);
    expect(feeds.peekById(ACME_TENANT, one.head.id)).toBe(one);
    expect(queries).toEqual(["create"]);
  });

  it("begins another one once the first is too old, or closed", async () => {
    const first = await feeds.begin(wanted);
    now = new Date(NOW.getTime() + 60_000);
    const second = await feeds.begin(wanted);
    expect(second).not.toBe(first);
    second.close();
    expect(await feeds.begin(wanted)).not.toBe(second);
    expect(queries).toEqual(["create", "create", "create"]);
  });

  it("can be asked again where the store failed", async () => {
    const failing = { ...store(), create: () => Promise.reject(new Error("disk full")) };
    const broken = new Feeds(failing, extenderOver(new FakeLedger()), () => now);
    await expect(broken.begin(wanted)).rejects.toThrow("disk full");
    await expect(broken.begin(wanted)).rejects.toThrow("disk full");
  });
});

describe("Feeds.close", () => {
  it("closes the feeds of that connection that are not to go on", async () => {
    const began = async (change: Partial<FeedName>) => feeds.begin({ name: { ...NAME, ...change }, source });
    const replaced = await began({ query: "old" });
    const others = [
      await began({}),
      await began({ query: "old", connection: "icp:2" }),
      await began({ query: "old", provider: "MERGED" }),
      await began({ query: "old", tenant: OTHER_TENANT }),
    ];
    feeds.close(ACME_TENANT, "icp:1", ({ provider, query }) => provider === "MERGED" || query === "{}");
    expect(replaced.head.closed).toBe(true);
    expect(others.map(({ head }) => head.closed)).toEqual([false, false, false, false]);
    expect(feeds.peekNewest({ name: { ...NAME, query: "old" }, source })).toBeNull();
    expect(feeds.peekById(ACME_TENANT, replaced.head.id)).toBe(replaced);
  });
});
