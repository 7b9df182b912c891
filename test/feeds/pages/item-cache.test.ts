import { beforeEach, describe, expect, it } from "@jest/globals";
import { bytesOf } from "../../../src/domain/bytes-of";
import type { FeedItem } from "../../../src/feeds/feed/feed-model";
import type { FeedStore } from "../../../src/feeds/feed/feed-store.port";
import { ItemCache } from "../../../src/feeds/pages/item-cache";
import { HEAD, NOW, rowOf } from "../../support/fake-feed";

let length: number;
let queries: string[];
let cache: ItemCache;

const store: Pick<FeedStore, "items"> = {
  items: (windows) => {
    queries.push(windows.map(({ feed, from, to }) => `${feed.id.slice(-1)} ${String(from)}-${String(to)}`).join());
    return Promise.resolve(
      windows.map(({ from, to }) =>
        Array.from({ length: Math.max(0, Math.min(to, length) - from) }, (_, i) => itemAt(from + i)),
      ),
    );
  },
};

function itemAt(position: number): FeedItem {
  const { subject, content } = rowOf(position);
  return { position, subject, content, recordedAt: NOW };
}

function window(from: number, to: number, feed = HEAD) {
  return { feed, from, to };
}

function positions(items: readonly FeedItem[] | null | undefined): readonly number[] | null {
  return items?.map(({ position }) => position) ?? null;
}

beforeEach(() => {
  length = 200;
  queries = [];
  cache = new ItemCache(store);
});

describe("ItemCache.load", () => {
  it("reads what is asked for, and then from memory", async () => {
    const [items] = await cache.load([window(62, 66)]);
    expect(positions(items)).toEqual([62, 63, 64, 65]);
    expect(positions((await cache.load([window(63, 65)]))[0])).toEqual([63, 64]);
    expect(positions(cache.peek(window(62, 66)))).toEqual([62, 63, 64, 65]);
    expect(cache.peek(window(61, 64))).toBeNull();
    expect(queries).toEqual(["d 62-66"]);
  });

  it("reads single rows by one query, and no rows around them", async () => {
    const other = { ...HEAD, id: "e" };
    const windows = [window(5, 6), window(3, 4), window(70, 71), window(3, 4, other), window(6, 9), window(2, 2)];
    const found = await cache.load(windows);
    expect(found.map(positions)).toEqual([[5], [3], [70], [3], [6, 7, 8], []]);
    expect(queries).toEqual(["d 5-6,d 3-4,d 70-71,e 3-4,d 6-9"]);
    expect(positions(cache.peek(window(5, 9)))).toEqual([5, 6, 7, 8]);
  });

  it("reads again what has grown", async () => {
    length = 10;
    await cache.load([window(0, 10)]);
    length = 12;
    expect(cache.peek(window(9, 12))).toBeNull();
    expect(positions((await cache.load([window(9, 12), window(0, 1)]))[0])).toEqual([9, 10, 11]);
    expect(queries).toEqual(["d 0-10", "d 9-12"]);
  });

  it("has in memory what was recorded just now, without reading it", () => {
    cache.keep(HEAD, [itemAt(63), itemAt(64)]);
    expect(positions(cache.peek(window(63, 65)))).toEqual([63, 64]);
    expect(queries).toEqual([]);
  });

  it("has nothing where the store has nothing", async () => {
    const empty = new ItemCache({ items: () => Promise.resolve([]) });
    expect(await empty.load([window(0, 1)])).toEqual([[]]);
  });

  it("asks for nothing where nothing is wanted", async () => {
    expect(await cache.load([])).toEqual([]);
    expect(queries).toEqual([]);
  });
});

describe("ItemCache", () => {
  it("keeps so many bytes, and lets go first what was read longest ago", () => {
    const small = new ItemCache(store, 100 * (8_000 + bytesOf(itemAt(10))));
    const feeds = ["a", "b", "c"].map((id) => ({ ...HEAD, id }));
    const [one = HEAD, two = HEAD, three = HEAD] = feeds;
    const some = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => itemAt(from + i));
    small.keep(one, some(0, 30));
    small.keep(two, some(0, 40));
    small.keep(one, some(20, 60));
    small.keep(three, some(0, 1));
    const kept = () => feeds.map((feed) => [0, 1].map((at) => small.peek(window(at, at + 1, feed)) !== null));
    expect(kept()).toEqual([
      [true, true],
      [false, false],
      [true, false],
    ]);
    small.keep(three, some(1, 40));
    small.keep(three, some(40, 41));
    expect([positions(small.peek(window(0, 41, three)))?.length, small.peek(window(0, 1, one))]).toEqual([41, null]);
  });
});

describe("ItemCache.peek", () => {
  it("has nothing that was not read", () => {
    expect(cache.peek(window(0, 1))).toBeNull();
    expect(cache.peek(window(7, 7))).toEqual([]);
  });

  it("reads across chunks", async () => {
    await cache.load([window(0, 200)]);
    expect(positions(cache.peek(window(127, 130)))).toEqual([127, 128, 129]);
  });
});
