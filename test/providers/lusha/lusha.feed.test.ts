import { beforeEach, describe, expect, it } from "@jest/globals";
import { ProviderError } from "../../../src/domain/errors";
import type { FeedHead } from "../../../src/feeds/feed/feed-model";
import { LushaFeedSource } from "../../../src/providers/lusha/lusha.feed";
import type { LushaPage, LushaPages, LushaRow } from "../../../src/providers/lusha/lusha.page";
import type { LushaQuery } from "../../../src/providers/lusha/lusha.query";
import { firstState } from "../../../src/providers/lusha/lusha.state";
import { HEAD, rowOf } from "../../support/fake-feed";

const ASKED: LushaQuery = { kind: "companies", seeds: [{ by: "id", companyId: "1" }], exclude: [] };
const LONG = new ProviderError(
  "LUSHA",
  "PROVIDER_SESSION_EXPIRED",
  "Lusha returned no id to continue this list with, and the list is too long to begin again. Its recorded rows stay; use other seeds for more.",
);
const staying = new AbortController().signal;

/** Whether rows come with the names by which Lusha can be told to leave them out. */
let named: boolean;
let calls: string[];
let feed: FeedHead;

/** Lusha that gives 50 rows a call, and no id to go on with. */
const pages: LushaPages = {
  largest: 50,
  next: ({ seeds, exclude }: LushaQuery, session, limit): Promise<LushaPage> => {
    expect(seeds).toEqual(ASKED.seeds);
    calls.push(`${String(session)} ${String(limit)} without ${String(exclude.length)}`);
    const rows = Array.from({ length: limit }, (_, i): LushaRow => ({
      item: rowOf(feed.length + i),
      seed: named ? { by: "id", companyId: String(feed.length + i) } : null,
    }));
    return Promise.resolve({ rows, session: null, hasMore: null, credits: limit });
  },
};

const source = new LushaFeedSource(pages, { maxAgeMs: 1, shortPageEnds: false, creditsPerResult: 1 });

async function extend(want: number): Promise<void> {
  const { items, state } = await source.extend(feed, want, staying);
  feed = { ...feed, state, length: feed.length + items.length };
}

beforeEach(() => {
  named = true;
  calls = [];
  feed = { ...HEAD, provider: "LUSHA", state: firstState(ASKED) };
});

describe("LushaFeedSource.extend of a set that Lusha gave no id for", () => {
  it("begins it again without the rows that are known, as long as they are at most 100", async () => {
    await extend(50);
    await extend(50);
    await extend(5);
    expect(calls).toEqual(["null 50 without 0", "null 50 without 50", "null 5 without 100"]);
  });

  it("does not begin it again where it is longer: its rows would be bought twice", async () => {
    for (const want of [50, 50, 5]) await extend(want);
    await expect(extend(5)).rejects.toThrow(LONG);
    expect(calls).toHaveLength(3);
  });

  it("counts rows that have no name to be left out by", async () => {
    named = false;
    for (const want of [50, 50, 5]) await extend(want);
    await expect(extend(5)).rejects.toThrow(LONG);
    expect(calls).toEqual(["null 50 without 0", "null 50 without 0", "null 5 without 0"]);
  });
});

describe("LushaFeedSource.extend", () => {
  it("takes what is asked for from the query of a feed that has it there", async () => {
    feed = { ...feed, state: null, query: JSON.stringify(ASKED) };
    await extend(5);
    await extend(5);
    expect(calls).toEqual(["null 5 without 0", "null 5 without 5"]);
  });
});
