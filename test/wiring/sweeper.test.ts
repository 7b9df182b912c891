import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { byProvider } from "../../src/domain/provider";
import { Entities } from "../../src/feeds/entities/entities";
import { Feeds } from "../../src/feeds/feed/feeds";
import { openDatabase, type Database } from "../../src/store/open-database";
import { SqlEntityStore } from "../../src/store/entity.sql";
import { SqlFeedStore } from "../../src/store/feed.sql";
import { SqlSweep } from "../../src/store/sweep.sql";
import { tenantsOf } from "../../src/store/tenants";
import { PREFERENCE } from "../../src/wiring/provider-list";
import { Sweeper } from "../../src/wiring/sweeper";
import { query } from "../support/database";
import { extenderOver, extension, FakeLedger, HEAD, NOW, paidBy, rows } from "../support/fake-feed";
import { ACME_TENANT } from "../support/tenants";

const DAY_MS = 86_400_000;

let database: Database;
let store: SqlFeedStore;
let feeds: Feeds;
let entities: Entities;
let now: Date;
let errors: unknown[];
let sweeper: Sweeper;

beforeEach(async () => {
  database = await openDatabase(":memory:");
  store = new SqlFeedStore(database);
  now = NOW;
  errors = [];
  feeds = new Feeds(store, extenderOver(new FakeLedger()), () => now);
  entities = new Entities(new SqlEntityStore(database), PREFERENCE);
  sweeper = sweeperOver(new SqlSweep(database));
});

afterEach(async () => {
  jest.useRealTimers();
  await sweeper.stop();
  await database.destroy();
});

function sweeperOver(sweep: SqlSweep): Sweeper {
  const maxAgesMs = byProvider((provider) => (provider === "SURFE" ? 3_650 : 30) * DAY_MS);
  return new Sweeper({
    sweep,
    feeds,
    entities,
    tenants: () => tenantsOf(database),
    keep: { feedsMs: 180 * DAY_MS, ledgerMs: DAY_MS, maxAgesMs },
    now: () => now,
    log: { error: (...line: unknown[]) => errors.push(line) },
  });
}

/** A sweep that has something to do for every tenant. */
function dueSweep(): SqlSweep {
  const sweep = new SqlSweep(database);
  sweep.isDue = () => Promise.resolve(true);
  return sweep;
}

function passDays(days: number): void {
  now = new Date(now.getTime() + days * DAY_MS);
}

async function kept(): Promise<readonly unknown[]> {
  return (await query(database, "select id from feed order by id")).map(({ id }) => id);
}

describe("Sweeper.run", () => {
  it("deletes feeds that nobody read for so long, also from memory, and what was made of their rows", async () => {
    await store.create(HEAD);
    await store.append(HEAD, ...paidBy("1", extension(rows(0, 2))), NOW);
    await store.create({ ...HEAD, id: "unread", connection: "icp:2" });
    const [subject] = rows(0, 1).map((row) => row.subject);
    const subjects = subject ? [subject] : [];
    const recommended = async () =>
      [...(await entities.recommendationsOf(ACME_TENANT, subjects)).values()].flat().length;
    passDays(179);
    expect((await feeds.byIds(ACME_TENANT, [HEAD.id])).size).toBe(1);
    await sweeper.run();
    passDays(2);
    await sweeper.run();
    expect([await kept(), await recommended()]).toEqual([[HEAD.id], 1]);
    passDays(178);
    await sweeper.run();
    expect([await kept(), feeds.peekById(ACME_TENANT, HEAD.id)?.head.id]).toEqual([[HEAD.id], HEAD.id]);
    passDays(181);
    await sweeper.run();
    passDays(181);
    await sweeper.run();
    expect([await kept(), await recommended(), feeds.peekById(ACME_TENANT, HEAD.id)]).toEqual([[], 0, null]);
    expect(await query(database, "select feed_id from feed_item")).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("writes nothing for a tenant that has nothing old", async () => {
    await store.create(HEAD);
    let writes = 0;
    const counted: Database = {
      ...database,
      read: (wanted, tenant, given) => database.read(wanted, tenant, given),
      writing: (tenant, work) => {
        writes += 1;
        return database.writing(tenant, work);
      },
    };
    await sweeperOver(new SqlSweep(counted)).run();
    expect([writes, await kept()]).toEqual([0, [HEAD.id]]);
    passDays(181);
    await sweeperOver(new SqlSweep(counted)).run();
    expect([writes > 0, await kept()]).toEqual([true, []]);
  });

  it("keeps a feed that is read while it sweeps", async () => {
    const sweep = dueSweep();
    await store.create(HEAD);
    passDays(181);
    sweep.closeFeeds = async () => {
      await feeds.byIds(ACME_TENANT, [HEAD.id]);
      return [];
    };
    await sweeperOver(sweep).run();
    expect([await kept(), feeds.peekById(ACME_TENANT, HEAD.id)?.head.id]).toEqual([[HEAD.id], HEAD.id]);
  });

  it("keeps the lists that a merged list is made of as long as that is read", async () => {
    const state = { parts: [{ list: "surfe", feedId: HEAD.id, position: 0 }], turn: 0 };
    await store.create(HEAD);
    await store.create({ ...HEAD, id: "merged", provider: "MERGED", state });
    passDays(170);
    await feeds.byIds(ACME_TENANT, ["merged"]);
    await sweeper.run();
    passDays(170);
    await sweeper.run();
    expect(await kept()).toEqual([HEAD.id, "merged"]);
  });

  it("closes feeds that are too old to be found by name, once nobody reads on in them", async () => {
    const lusha = { ...HEAD, id: "lusha", provider: "LUSHA" } as const;
    await store.create(HEAD);
    await store.create(lusha);
    const [feed] = (await feeds.byIds(ACME_TENANT, ["lusha"])).values();
    passDays(31);
    await feeds.byIds(ACME_TENANT, ["lusha"]);
    await sweeper.run();
    expect(feed?.head.closed).toBe(false);
    passDays(8);
    await sweeper.run();
    expect(feed?.head.closed).toBe(true);
    expect(await query(database, "select id from feed where closed = 1")).toEqual([{ id: "lusha" }]);
  });

  it("keeps what a budget counts: the whole calendar month", async () => {
    const dropped: unknown[] = [];
    const sweep = dueSweep();
    sweep.dropLedger = (tenant, provider, before) => {
      dropped.push([tenant, provider, before.toISOString()]);
      return Promise.resolve(false);
    };
    await store.create(HEAD);
    await sweeperOver(sweep).run();
    now = new Date("2026-12-01T06:00:00Z");
    await sweeperOver(sweep).run();
    const began = (provider: string) => ["acme", provider, "2026-11-01T00:00:00.000Z"];
    const before = (provider: string) => ["acme", provider, "2026-11-30T06:00:00.000Z"];
    const providers = ["SURFE", "LUSHA", "LINKUP", "LETRICS"];
    expect(dropped).toEqual([...providers.map(began), ...providers.map(before)]);
  });

  it("tells the log where it cannot, and goes on the next time", async () => {
    const sweep = dueSweep();
    const full = new Error("full");
    sweep.closeFeeds = () => Promise.reject(full);
    await store.create(HEAD);
    await sweeperOver(sweep).run();
    expect(errors).toEqual([[{ err: full }, "old data could not be deleted"]]);
  });
});

describe("Sweeper.start", () => {
  it("leaves what takes too many steps for the next sweep", async () => {
    let steps = 0;
    const sweep = dueSweep();
    await store.create(HEAD);
    sweep.dropRows = () => Promise.resolve(++steps < 150);
    const started = sweeperOver(sweep);
    await started.start();
    expect(steps).toBe(100);
    await started.run();
    expect(steps).toBe(150);
    await started.stop();
  });

  it("sweeps at once and every minute, keeps no process up, and ends when it is stopped", async () => {
    const sweeps: number[] = [];
    const sweep = dueSweep();
    await store.create(HEAD);
    sweep.dropRows = () => {
      sweeps.push(sweeps.length);
      return Promise.resolve(false);
    };
    jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "queueMicrotask", "performance"] });
    const started = sweeperOver(sweep);
    await started.start();
    expect(sweeps).toEqual([0]);
    jest.advanceTimersByTime(60_000);
    await started.run();
    expect(sweeps).toEqual([0, 1]);
    await started.stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
