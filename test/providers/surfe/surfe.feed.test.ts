import { beforeEach, describe, expect, it } from "@jest/globals";
import { ProviderError } from "../../../src/domain/errors";
import type { Extension, FeedHead } from "../../../src/feeds/feed/feed-model";
import type { SurfeClient, SurfePage, SurfeRow, SurfeWindow } from "../../../src/providers/surfe/surfe.client";
import { SurfeFeedSource } from "../../../src/providers/surfe/surfe.feed";
import { readCompany } from "../../../src/providers/surfe/surfe.wire";
import { HEAD } from "../../support/fake-feed";

const QUERY = JSON.stringify({ icp: "1", externalUserId: "u1", filters: { companies: {}, people: {} } });
const staying = new AbortController().signal;

let list: readonly string[];
let toInclusive: boolean;
let calls: string[];
let sent: boolean;
let feed: FeedHead;

/** Surfe with the day's list that the test says. */
const client: Pick<SurfeClient, "fetchRecommendations" | "upsertIcp"> = {
  fetchRecommendations: (user: string | null, { from, to }: SurfeWindow): Promise<SurfePage> => {
    calls.push(`${String(user)} ${String(from)}-${String(to)}`);
    const end = toInclusive ? to + 1 : to;
    return Promise.resolve({
      rows: list.slice(from, end).map(rowOf),
      hasMore: end < list.length,
    });
  },
  upsertIcp: (user: string | null, filters: unknown) => {
    calls.push(`icp ${String(user)} ${JSON.stringify(filters)}`);
    return Promise.resolve("its-id");
  },
};

const profiles = {
  isSent: () => Promise.resolve(sent),
  markSent: (tenant: string, icp: string, value: boolean, providerId?: string | null) => {
    calls.push(`sent ${tenant} ${icp} as ${String(providerId)}`);
    sent = value;
    return Promise.resolve();
  },
};

/** `?1` is a row that cannot be read. */
function rowOf(domain: string): SurfeRow {
  if (domain.startsWith("?")) return { kind: "unread", hash: domain };
  const company = readCompany({ domain });
  if (!company) throw new Error("no company");
  return { kind: "company", company };
}

function sourceWith(maxWindow: number): SurfeFeedSource {
  return new SurfeFeedSource(client, profiles, { maxAgeMs: 1, recheckAfterMs: 2, maxWindow });
}

beforeEach(() => {
  list = dayOf("a", 10);
  toInclusive = false;
  calls = [];
  sent = true;
  feed = { ...HEAD, query: QUERY };
});

function dayOf(name: string, length: number): readonly string[] {
  return Array.from({ length }, (_, i) => `${name}${String(i)}.com`);
}

function domainsIn({ items }: Pick<Extension, "items">): string {
  return items.map(({ subject }) => subject.replace(/^Company:domain:|\.com$/g, "")).join(" ");
}

/** Extends the feed once, and says by how much. */
async function extend(want: number, maxWindow = 200): Promise<string> {
  const extension = await sourceWith(maxWindow).extend(feed, want, staying);
  feed = { ...feed, state: extension.state };
  return `${domainsIn(extension)}${extension.ended ? " end" : ""}`;
}

describe("SurfeFeedSource.extend", () => {
  it("reads on with a window that begins at the row that was read last", async () => {
    expect([await extend(3), await extend(4), await extend(9)]).toEqual(["a0 a1 a2", "a3 a4 a5 a6", "a7 a8 a9 end"]);
    expect(calls).toEqual(["u1 0-3", "u1 2-7", "u1 6-16"]);
  });

  it("asks for no wider a window than is allowed, the anchor row included", async () => {
    expect([await extend(9, 4), await extend(5, 4), await extend(2, 4)]).toEqual(["a0 a1 a2 a3", "a4 a5 a6", "a7 a8"]);
    expect(calls).toEqual(["u1 0-4", "u1 3-7", "u1 6-9"]);
  });

  it("trusts what comes back, where the row at `to` comes too", async () => {
    toInclusive = true;
    expect([await extend(3), await extend(3), await extend(3)]).toEqual(["a0 a1 a2 a3", "a4 a5 a6 a7", "a8 a9 end"]);
    expect(calls).toEqual(["u1 0-3", "u1 3-7", "u1 7-11"]);
  });

  it("charges every company that came, the anchor too, which is free where it was charged before", async () => {
    await extend(2);
    const { charge } = await sourceWith(200).extend(feed, 2, staying);
    expect(charge).toEqual({
      kind: "units",
      units: ["Company:domain:a1.com", "Company:domain:a2.com", "Company:domain:a3.com"],
    });
  });

  it("ends with an empty list", async () => {
    list = [];
    expect(await extend(3)).toBe(" end");
    expect(feed.state).toEqual({ offset: 0, anchor: null, known: null });
  });

  it("goes on after an end where there is more after all", async () => {
    await extend(20);
    list = dayOf("a", 12);
    expect(await extend(3)).toBe("a10 a11 end");
    expect(await extend(3)).toBe(" end");
    expect(calls).toEqual(["u1 0-20", "u1 9-13", "u1 11-15"]);
  });

  it("counts rows that cannot be read as rows of the list, charges them, and tells of them", async () => {
    list = ["a0.com", "?1", "a2.com", "?3", "a4.com"];
    const source = sourceWith(200);
    const first = await source.extend(feed, 4, staying);
    expect(domainsIn(first)).toBe("a0 a2");
    expect(first).toMatchObject({
      state: { offset: 4, anchor: "unread:?3" },
      charge: { units: ["Company:domain:a0.com", "unread:?1", "Company:domain:a2.com", "unread:?3"] },
      issues: [
        {
          code: "PROVIDER_BAD_RESPONSE",
          message: "2 of 4 rows that Surfe sent cannot be read and are left out.",
        },
      ],
    });
    const second = await source.extend({ ...feed, state: first.state }, 4, staying);
    expect([domainsIn(second), second.ended, second.issues]).toEqual(["a4", true, []]);
    expect(calls).toEqual(["u1 0-4", "u1 3-8"]);
  });

  it("blames Surfe where it says that there is more, but gives no company", async () => {
    const empty = { ...client, fetchRecommendations: () => Promise.resolve({ rows: [], hasMore: true }) };
    const source = new SurfeFeedSource(empty, profiles, {
      maxAgeMs: 1,
      recheckAfterMs: 2,
      maxWindow: 9,
    });
    await expect(source.extend(feed, 3, staying)).rejects.toMatchObject({
      code: "PROVIDER_BAD_RESPONSE",
      message: "Surfe said that there are more companies, but returned none.",
    });
  });

  it("sends a profile first that Surfe does not have yet", async () => {
    sent = false;
    await extend(1);
    await extend(1);
    expect(calls).toEqual(['icp u1 {"companies":{},"people":{}}', "sent acme 1 as its-id", "u1 0-1", "u1 0-2"]);
  });

  it("fetches nothing where the profile cannot be sent", async () => {
    sent = false;
    const refusing = {
      ...client,
      upsertIcp: () => Promise.reject(new ProviderError("SURFE", "PROVIDER_UNAVAILABLE", "no")),
    };
    const source = new SurfeFeedSource(refusing, profiles, {
      maxAgeMs: 1,
      recheckAfterMs: 2,
      maxWindow: 9,
    });
    await expect(source.extend(feed, 3, staying)).rejects.toThrow("no");
    expect(calls).toEqual([]);
  });
});

describe("SurfeFeedSource.extend when the day has turned", () => {
  beforeEach(() => extend(4));

  it("keeps the rows of the probing window, reads from 0, and passes over them", async () => {
    list = dayOf("b", 12);
    const read = [await extend(2), await extend(2), await extend(4), await extend(9)];
    expect(read).toEqual(["b3 b4 b5", "b0 b1", "b2 b3", "b6 b7 b8 b9 b10 b11 end"]);
    expect(calls.slice(1)).toEqual(["u1 3-6", "u1 0-2", "u1 1-4", "u1 5-15"]);
  });

  it("comes exactly to those rows without another call for them", async () => {
    list = dayOf("b", 8);
    expect([await extend(2), await extend(3), await extend(5)]).toEqual(["b3 b4 b5", "b0 b1 b2 b3", "b6 b7 end"]);
    expect(calls.slice(1)).toEqual(["u1 3-6", "u1 0-4", "u1 5-11"]);
  });

  it("has ended where those rows were the last", async () => {
    list = dayOf("b", 6);
    expect([await extend(9), await extend(9)]).toEqual(["b3 b4 b5", "b0 b1 b2 b3 end"]);
  });

  it("reads from 0 where the new list does not reach as far", async () => {
    list = dayOf("b", 2);
    expect([await extend(9), await extend(9)]).toEqual(["", "b0 b1 end"]);
    expect(calls.slice(1)).toEqual(["u1 3-13", "u1 0-9"]);
  });

  it("needs no second window where the first began at 0", async () => {
    feed = { ...feed, state: null };
    list = dayOf("a", 10);
    await extend(1);
    list = dayOf("b", 3);
    expect(await extend(1)).toBe("b0 b1");
    expect(await extend(5)).toBe("b2 end");
    expect(calls.slice(1)).toEqual(["u1 0-1", "u1 0-2", "u1 1-7"]);
  });

  it("notices that it has turned again before reading came to those rows", async () => {
    list = dayOf("b", 12);
    expect(await extend(2)).toBe("b3 b4 b5");
    list = dayOf("c", 12);
    expect([await extend(2), await extend(9), await extend(3)]).toEqual(["c0 c1", "c2 c3", "c4 c5 c6"]);
    expect(calls.slice(1)).toEqual(["u1 3-6", "u1 0-2", "u1 1-4", "u1 3-7"]);
  });

  it("forgets those rows where the list ends before them", async () => {
    list = dayOf("b", 12);
    await extend(2);
    list = dayOf("c", 2);
    expect(await extend(9)).toBe("c0 c1 end");
    expect(feed.state).toEqual({ offset: 2, anchor: "Company:domain:c1.com", known: null });
  });

  it("keeps the rows of every probing window", async () => {
    list = dayOf("b", 12);
    expect([await extend(2), await extend(2)]).toEqual(["b3 b4 b5", "b0 b1"]);
    list = dayOf("c", 12);
    expect([await extend(1), await extend(1), await extend(1)]).toEqual(["c1 c2 c3", "c0 c1", "c4"]);
    expect(calls.slice(1)).toEqual(["u1 3-6", "u1 0-2", "u1 1-4", "u1 0-2", "u1 3-5"]);
  });
});

describe("SurfeFeedSource", () => {
  it("tells how many calls and credits some rows take at most", () => {
    const source = sourceWith(5);
    expect([0, 1, 5, 6, 9, 10, 13, 14].map((rows) => source.callsFor(rows))).toEqual([0, 1, 1, 2, 2, 3, 3, 4]);
    expect([1, 5, 6].map((want) => source.creditsFor(want, feed))).toEqual([1, 5, 5]);
  });

  it("counts the anchor row among what a call can cost, and no more rows than its window is wide", async () => {
    await extend(4);
    const credits = (want: number, maxWindow: number) => sourceWith(maxWindow).creditsFor(want, feed);
    expect([credits(1, 200), credits(4, 200), credits(4, 5), credits(5, 5)]).toEqual([2, 5, 5, 5]);
    list = dayOf("b", 12);
    await extend(2); // the day has turned: rows 3 to 5 of the new day came
    expect([credits(2, 200), credits(9, 200)]).toEqual([2, 4]);
  });

  it("expects of a call all rows of its window but the anchor row", async () => {
    const state = { offset: 5, anchor: "", known: null };
    expect(sourceWith(5).grown(9, feed)).toEqual({ rows: 5, state, ended: false });
    await extend(4);
    expect(sourceWith(5).grown(9, feed)).toMatchObject({ rows: 4, state: { offset: 8 } });
    expect(await extend(9, 5)).toBe("a4 a5 a6 a7");
  });

  it("expects no row for those that the first call of a new day brought", async () => {
    await extend(4);
    list = dayOf("b", 12);
    await extend(2); // the day has turned: rows 3 to 5 of the new day came
    const grown = (want: number): unknown => sourceWith(200).grown(want, feed);
    expect(grown(2)).toMatchObject({ rows: 2, state: { offset: 2 } });
    const state = { offset: 6, anchor: "Company:domain:b5.com", known: null };
    expect(grown(9)).toEqual({ rows: 3, state, ended: false });
    expect(await extend(9)).toBe("b0 b1 b2 b3"); // the store has b3
    expect(feed.state).toEqual(state);
  });

  it("is as old and as patient as it is told", () => {
    const { maxAgeMs, recheckAfterMs, provider, unavailable } = sourceWith(5);
    expect([maxAgeMs, recheckAfterMs, provider, unavailable]).toEqual([1, 2, "SURFE", null]);
  });
});
