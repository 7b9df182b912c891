import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Entities } from "../../../src/feeds/entities/entities";
import { Feeds } from "../../../src/feeds/feed/feeds";
import { ItemCache } from "../../../src/feeds/pages/item-cache";
import { providerListReader } from "../../../src/feeds/pages/recommendation-node";
import { RecordedRecommendations } from "../../../src/feeds/recommendations/recorded-recommendations";
import { openDatabase, type Database } from "../../../src/store/open-database";
import { SqlEntityStore } from "../../../src/store/entity.sql";
import { SqlFeedStore } from "../../../src/store/feed.sql";
import { execute } from "../../support/database";
import { extenderOver, extension, paidBy, FakeLedger, HEAD, NOW, rowOf, rows } from "../../support/fake-feed";
import { PREFERENCE } from "../../../src/wiring/provider-list";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";

const SEARCH = { ...HEAD, id: "01234567-89ab-4cde-8f01-23456789abce" };

let database: Database;
let recorded: RecordedRecommendations;

beforeEach(async () => {
  database = await openDatabase(":memory:");
  const store = new SqlFeedStore(database);
  await store.create(HEAD);
  await store.append(HEAD, ...paidBy("1", extension(rows(0, 3))), NOW);
  await store.create(SEARCH);
  await store.append(SEARCH, ...paidBy("2", extension([{ ...rowOf(0), content: null }])), NOW);
  const feeds = new Feeds(store, extenderOver(new FakeLedger()), () => NOW);
  const entities = new Entities(new SqlEntityStore(database), PREFERENCE);
  recorded = new RecordedRecommendations(feeds, new ItemCache(store), entities, providerListReader);
});

afterEach(() => database.destroy());

describe("RecordedRecommendations.at", () => {
  it("reads in the order of the places, with nothing where nothing is recommended", async () => {
    const found = await recorded.at(ACME_TENANT, [
      { feedId: HEAD.id, position: 2 },
      { feedId: "unknown", position: 0 },
      { feedId: HEAD.id, position: 3 },
      { feedId: HEAD.id, position: 0 },
      { feedId: SEARCH.id, position: 0 },
    ]);
    expect(found.map((node) => node?.subject.key ?? null)).toEqual([
      "Company:domain:c2.com",
      null,
      null,
      "Company:domain:c0.com",
      null,
    ]);
  });

  it("shows nothing to another tenant", async () => {
    expect(await recorded.at(OTHER_TENANT, [{ feedId: HEAD.id, position: 0 }])).toEqual([null]);
  });

  it("shows nothing whose records are gone", async () => {
    await execute(database, "delete from record");
    expect(await recorded.at(ACME_TENANT, [{ feedId: HEAD.id, position: 0 }])).toEqual([null]);
  });

  it("shows nothing whose row is gone", async () => {
    await execute(database, "delete from feed_item");
    expect(await recorded.at(ACME_TENANT, [{ feedId: HEAD.id, position: 0 }])).toEqual([null]);
  });

  it("reads none", async () => {
    expect(await recorded.at(ACME_TENANT, [])).toEqual([]);
  });
});
