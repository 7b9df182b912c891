import { describe, expect, it } from "@jest/globals";
import { entityKey } from "../../../src/domain/entity-key";
import type { Provider } from "../../../src/domain/provider";
import { bareCompany } from "../../../src/feeds/entities/bare-entity";
import type { RecommendationPlace } from "../../../src/feeds/entity-changes";
import type { FeedHead, FeedItem, FeedWindow } from "../../../src/feeds/feed/feed-model";
import { MergedListReader } from "../../../src/feeds/recommendations/merged-list-reader";
import { AnyListReader } from "../../../src/feeds/recommendations/any-list-reader";
import type { RecommendationNode } from "../../../src/feeds/nodes";
import type { Row } from "../../../src/feeds/pages/row-reader";
import { HEAD, NOW } from "../../support/fake-feed";
import { ACME_TENANT } from "../../support/tenants";

const company = bareCompany(entityKey("Company", "domain", "acme.com"));
const SURFE: FeedHead = { ...HEAD, id: "surfe", length: 5 };
const LETRICS: FeedHead = { ...HEAD, id: "letrics", length: 5 };
const parts = [
  { list: "SURFE", feedId: "surfe", position: 1 },
  { list: "LETRICS", feedId: "letrics", position: 1 },
];
const MERGED: FeedHead = { ...HEAD, id: "merged", provider: "MERGED", length: 1, state: { parts, turn: 0 } };

function itemOf(provider: Provider): FeedItem {
  const content = { provider, generatedAt: null, reasons: [], people: [] };
  return { position: 0, subject: company.key, content, recordedAt: NOW };
}

const row: Row = { feed: MERGED, item: itemOf("SURFE"), subject: company };
const recorded: Readonly<Record<string, FeedItem>> = { surfe: itemOf("SURFE"), letrics: itemOf("LETRICS") };
const placeIn = (feedId: string, position = 0): RecommendationPlace => ({ feedId, position, mark: 1 });

/** A reader over what is in memory, and what a look-up would find. */
function readerOver(memory: {
  readonly places?: readonly RecommendationPlace[];
  readonly heads?: readonly FeedHead[];
  readonly items?: Readonly<Record<string, FeedItem>>;
}): MergedListReader {
  const { places, heads = [], items = {} } = memory;
  const found = (windows: readonly FeedWindow[]) =>
    windows.map(({ feed }) => [items[feed.id]].filter((item) => item !== undefined));
  return new MergedListReader({
    entities: {
      peekRecommendationsOf: () => places,
      recommendationsOf: () => Promise.resolve(new Map(places ? [[company.key, places]] : [])),
    },
    feeds: {
      peekById: (_: string, id: string) => heads.filter((head) => head.id === id).map((head) => ({ head }))[0] ?? null,
      byIds: () => Promise.resolve(new Map(heads.map((head) => [head.id, { head }]))),
    },
    items: {
      peek: (window: FeedWindow) => (items[window.feed.id] ? found([window]).flat() : null),
      load: (windows: readonly FeedWindow[]) => Promise.resolve(found(windows)),
    },
  });
}

const both = { places: [placeIn("surfe"), placeIn("letrics"), placeIn("another list")], heads: [SURFE, LETRICS] };

/** Who is said to recommend the row's subject. */
async function toldBy(reader: MergedListReader): Promise<readonly string[] | undefined> {
  return (await reader.read(ACME_TENANT, [row]))[0]?.providers;
}

describe("MergedListReader.peek", () => {
  it("tells what all lists of the feed said, and makes a node once while nothing changes", () => {
    const reader = readerOver({ ...both, items: recorded });
    const node = reader.peek(ACME_TENANT, [row])?.[0];
    expect(node).toMatchObject({ provider: "SURFE", providers: ["SURFE", "LETRICS"], subject: company });
    expect(reader.peek(ACME_TENANT, [row])?.[0]).toBe(node);
    const changed = { ...row, subject: { ...company } };
    expect(reader.peek(ACME_TENANT, [changed])?.[0]).not.toBe(node);
  });

  it.each([
    ["where the subject is recommended", { ...both, items: recorded, places: undefined }],
    ["one of the lists", { ...both, heads: [SURFE], items: recorded }],
    ["a row", { ...both, items: { surfe: itemOf("SURFE") } }],
  ])("has nothing where it does not know %s", (_, { places, ...memory }) => {
    expect(readerOver({ ...memory, ...(places ? { places } : {}) }).peek(ACME_TENANT, [row])).toBeNull();
  });
});

describe("MergedListReader.read", () => {
  it("looks up what the lists said", async () => {
    const reader = readerOver({ ...both, items: recorded });
    expect(await toldBy(reader)).toEqual(["SURFE", "LETRICS"]);
    expect(await reader.read(ACME_TENANT, [])).toEqual([]);
  });

  it("has what the place itself holds where nothing else is kept any more", async () => {
    expect(await toldBy(readerOver({}))).toEqual(["SURFE"]);
    expect(await toldBy(readerOver({ places: both.places }))).toEqual(["SURFE"]);
    const shorter = { ...both, places: [placeIn("letrics", 9)], items: recorded };
    expect(await toldBy(readerOver(shorter))).toEqual(["SURFE"]);
    expect(await toldBy(readerOver({ ...both }))).toEqual(["SURFE"]);
  });
});

describe("AnyListReader", () => {
  it("reads rows of one list and of merged ones alike", async () => {
    const plain: Row = { feed: SURFE, item: itemOf("SURFE"), subject: company };
    const reader = new AnyListReader(readerOver({ ...both, items: recorded }));
    const rows = [plain, row, { ...plain, item: { ...plain.item, position: 1 } }];
    const told = (nodes: readonly RecommendationNode[] | null) => nodes?.map(({ providers }) => providers.join());
    const expected = ["SURFE", "SURFE,LETRICS", "SURFE"];
    expect(told(reader.peek(ACME_TENANT, rows))).toEqual(expected);
    expect(told(await reader.read(ACME_TENANT, rows))).toEqual(expected);
    expect(told(await reader.read(ACME_TENANT, [plain]))).toEqual(["SURFE"]);
    expect(new AnyListReader(readerOver({})).peek(ACME_TENANT, rows)).toBeNull();
  });
});
