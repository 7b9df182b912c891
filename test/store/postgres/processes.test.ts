import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { NO_ORIGIN } from "../../../src/domain/call-origin";
import type { ProviderRecord } from "../../../src/domain/record";
import type { NewCall } from "../../../src/feeds/feed/call-ledger.port";
import { SqlFeedStore } from "../../../src/store/feed.sql";
import { SqlCallLedger } from "../../../src/store/ledger.sql";
import { openPostgres } from "../../../src/store/open-postgres";
import { newProcessName } from "../../../src/store/sql/process-name";
import type { PostgresDatabase } from "../../../src/store/sql/postgres-database";
import { NOTHING, type Replaced } from "../../../src/store/sql/replaced";
import { statement } from "../../../src/store/sql/statement";
import { SqlSweep } from "../../../src/store/sweep.sql";
import { execute, query } from "../../support/database";
import { deferred, extension, HEAD, NOW, paidBy, rows } from "../../support/fake-feed";
import { startTcpProxy, type TcpProxy } from "../../support/postgres/tcp-proxy";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";
import { newPostgresUrl } from "../../support/test-database";

const ADD = statement<object>("test write", {}, () => "insert into setting (name, value) values ('a', 'b')");
const WRITE = statement<object>(
  "test writes",
  {},
  () => "insert into setting (name, value) values ('a', 'b') on conflict (name) do update set value = excluded.value",
);
const CHANGE_NONE = statement<object>("test no write", {}, () => "delete from setting where name = 'none'");

let url: string;
let proxy: TcpProxy;
let one: PostgresDatabase;
let other: PostgresDatabase;

beforeEach(async () => {
  url = await newPostgresUrl();
  proxy = await startTcpProxy(url);
  one = await openPostgres({ url, max: 4, timeouts: { statementMs: 10_000 } });
  other = await openPostgres({ url: proxy.url, max: 4, timeouts: { statementMs: 600_000 } });
});

afterEach(async () => {
  await Promise.all([one.destroy(), other.destroy()]);
  await proxy.cut();
});

/** Asks until the answer is 1. */
async function untilOne(database: PostgresDatabase, text: string): Promise<void> {
  for (let n = 0; n !== 1;) n = Number((await query(database, text))[0]?.["n"]);
}

/** The first that is heard. */
function heardBy(database: PostgresDatabase): Promise<string | null> {
  return new Promise((resolve) => database.processes.onWrite(resolve));
}

describe("Processes.onWrite", () => {
  it("tells the others whose data was written, and not who wrote", async () => {
    const own: unknown[] = [];
    one.processes.onWrite((tenant) => own.push(tenant));
    const heard = heardBy(other);
    await one.writing(ACME_TENANT, (writer) => writer.change(ADD, [{}]));
    expect([await heard, own]).toEqual(["acme", []]);
  });

  it("tells what units of work replaced, as far as they say it, and nothing of those that replaced or wrote nothing", async () => {
    const heard: unknown[] = [];
    other.processes.onWrite((...write) => heard.push(write));
    const written = (replaced: Replaced | null, wanted = WRITE): Promise<number> =>
      one.writing(ACME_TENANT, (writer) => {
        if (replaced) writer.replaces(replaced);
        return writer.change(wanted, [{}]);
      });
    await written(NOTHING);
    await written({ feeds: ["f1"], entities: false }, CHANGE_NONE);
    await written({ feeds: ["f1"], entities: false });
    const two = [
      written({ feeds: ["f2"], entities: false }),
      written({ feeds: ["f1"], entities: true }),
      written(NOTHING),
    ];
    await Promise.all(two);
    await Promise.all([written({ feeds: ["f1"], entities: false }), written(null)]);
    await written({ feeds: Array.from({ length: 101 }, (_, nth) => `f${String(nth)}`), entities: false });
    await one.processes.caughtUp();
    expect(heard).toEqual([
      ["acme", false, { feeds: ["f1"], entities: false }],
      ["acme", false, { feeds: ["f2", "f1"], entities: true }],
      ["acme", false, null],
      ["acme", false, null], // too many to be named
    ]);
  });

  it("tells which lists got rows, and of companies only where one is new or better known", async () => {
    const feeds = new SqlFeedStore(one);
    const second = { ...HEAD, id: "second", query: "second" };
    for (const head of [HEAD, second]) await feeds.create(head);
    await one.processes.caughtUp();
    const heard: unknown[] = [];
    other.processes.onWrite((...write) => heard.push(write));
    const [known] = rows(0, 1);
    const better = rows(0, 1).map((row) => ({
      ...row,
      records: row.records.map((record) => ({ ...record, fields: { ...record.fields, name: "C0" } }) as ProviderRecord),
    }));
    await feeds.append(HEAD, ...paidBy("1", extension(rows(0, 2))), NOW);
    await feeds.append(second, ...paidBy("2", extension(known ? [known] : [])), NOW);
    await feeds.append(second, ...paidBy("3", extension(better)), NOW);
    await one.processes.caughtUp();
    expect(heard).toEqual([
      ["acme", false, { feeds: [HEAD.id], entities: true }],
      ["acme", false, { feeds: ["second"], entities: false }],
      ["acme", false, { feeds: ["second"], entities: true }],
    ]);
  });

  it("tells nothing of the ledger, and of the times at which lists were read", async () => {
    await new SqlFeedStore(one).create(HEAD);
    await one.processes.caughtUp();
    const heard: unknown[] = [];
    other.processes.onWrite((...write) => heard.push(write));
    const ledger = new SqlCallLedger(one);
    const call: NewCall = {
      id: "call",
      tenant: HEAD.tenant,
      provider: "SURFE",
      operation: "recommendations",
      feedId: HEAD.id,
      reservedCredits: 0,
      startedAt: NOW,
      origin: NO_ORIGIN,
    };
    await ledger.begin(call, 100);
    await ledger.fail(call, "PROVIDER_UNAVAILABLE", 0, NOW);
    const sweep = new SqlSweep(one);
    await sweep.noteReads(HEAD.tenant, new Map([[HEAD.id, 1]]));
    expect(await sweep.dropLedger(HEAD.tenant, call.provider, new Date(NOW.getTime() + 1))).toBe(true);
    await one.processes.caughtUp();
    expect(heard).toEqual([]);
  });

  it("tells nothing of a unit of work that failed, and of a forgotten person whatever else the unit replaced", async () => {
    const heard: unknown[] = [];
    other.processes.onWrite((...write) => heard.push(write));
    const failed = one.writing(ACME_TENANT, async (writer) => {
      await writer.change(ADD, [{}]);
      writer.tellForgotten();
      throw new Error("oops");
    });
    const replaces = one.writing(ACME_TENANT, (writer) => {
      writer.replaces({ feeds: ["f1"], entities: false });
      return writer.change(ADD, [{}]);
    });
    await expect(failed).rejects.toThrow("oops");
    await replaces;
    await one.writing(ACME_TENANT, (writer) => {
      writer.tellForgotten();
      writer.replaces({ feeds: ["f1"], entities: true });
      return Promise.resolve();
    });
    await one.processes.caughtUp();
    expect(heard).toEqual([
      ["acme", false, { feeds: ["f1"], entities: false }],
      ["acme", true, { feeds: ["f1"], entities: true }],
    ]);
  });

  it("ignores what any role of the database sends on the channels, of any length, and goes on", async () => {
    const schema = new URL(url).searchParams.get("application_name") ?? "";
    const { channel } = newProcessName(schema, "");
    const heard: unknown[] = [];
    const wrote = deferred<undefined>();
    other.processes.onWrite((tenant) => {
      heard.push(tenant);
      wrote.resolve(undefined);
    });
    const longest = "x".repeat(7_999); // PostgreSQL takes no more
    for (const payload of ["", "refresh now", longest, "null", '{"process":"x","tenant":{}}', '{"tenant":"acme"}']) {
      await query(one, `select pg_notify('${channel}', '${payload}')`);
    }
    await one.writing(ACME_TENANT, (writer) => writer.change(ADD, [{}]));
    await wrote.promise;
    expect(heard).toEqual(["acme"]);
    await one.processes.caughtUp();
  });

  it("says that anything may have been missed, where the connection is lost, and again when it is back", async () => {
    const heard: unknown[] = [];
    const [lost, back] = [deferred<undefined>(), deferred<undefined>()];
    other.processes.onWrite((tenant) => {
      heard.push(tenant);
      (heard.length === 1 ? lost : back).resolve(undefined);
    });
    await proxy.cut();
    await lost.promise;
    await proxy.heal();
    await back.promise;
    expect(heard).toEqual([null, null]);
  });
});

describe("Processes.caughtUp", () => {
  it("resolves once the others have dropped what was replaced before", async () => {
    const order: unknown[] = [];
    other.processes.onWrite((tenant) => order.push(tenant));
    const isAsked = proxy.hold(`"question"`);
    await one.writing(ACME_TENANT, (writer) => writer.change(ADD, [{}]));
    const answered = one.processes.caughtUp().then(() => order.push("caught up"));
    await Promise.race([isAsked, answered]);
    order.push("released");
    proxy.release();
    await answered;
    expect(order).toEqual(["released", "acme", "caught up"]);
  });

  it("asks the processes on the same tables alone", async () => {
    const url = await newPostgresUrl();
    const toStranger = await startTcpProxy(url);
    const stranger = await openPostgres({ url: toStranger.url, max: 1 });
    const before = [proxy.sent(), toStranger.sent()];
    await one.processes.caughtUp();
    expect([proxy.sent(), toStranger.sent()]).toEqual([Number(before[0]) + 1, before[1]]);
    await stranger.destroy();
    await toStranger.cut();
  });
});

describe("connections that the network has dropped without a word", () => {
  it("are noticed by the one for notifications, and none of them is used again", async () => {
    const reads = Array.from({ length: 4 }, () => query(other, "select 1 as one"));
    await Promise.all(reads); // all connections of the pool are open now
    const heard = heardBy(other);
    proxy.silence();
    expect(await heard).toBeNull();
    expect(await query(other, "select 2 as two")).toEqual([{ two: 2 }]);
  });

  it("have a statement that waits there fail, once PostgreSQL has nothing to do for it", async () => {
    const heard = heardBy(other);
    await query(one, "select pg_advisory_lock(4711)");
    const answer = query(other, "select pg_advisory_lock(4711)").catch(String);
    await untilOne(one, "select count(*) as n from pg_locks where objid = 4711 and not granted");
    proxy.silence();
    await heard;
    await query(one, "select pg_advisory_unlock_all()");
    expect(await answer).toBe("Error: Connection terminated");
    await untilOne(one, "select count(*) as n from pg_try_advisory_lock(4711) as lock where lock"); // it was given back
  });

  it("lose no commit that got through", async () => {
    proxy.silenceCommitOf("test write");
    await other.writing(ACME_TENANT, (writer) => writer.change(ADD, [{}]));
    expect(await query(one, "select name from setting")).toEqual([{ name: "a" }]);
  });

  it("hold no lock of a tenant's data for long: others write on, and the transaction is undone", async () => {
    const [begun, ended] = [deferred<undefined>(), deferred<undefined>()];
    const lost = other.writing(ACME_TENANT, async (writer) => {
      await writer.change(ADD, [{}]);
      begun.resolve(undefined);
      await ended.promise;
      return writer.change(ADD, [{}]);
    });
    await begun.promise;
    proxy.silence();
    ended.resolve(undefined);
    const next = one.writing(ACME_TENANT, (writer) => writer.change(ADD, [{}]));
    await expect(lost).rejects.toMatchObject({ trouble: "connection" });
    expect(await next).toBe(1);
    expect(await query(one, "select name from setting")).toEqual([{ name: "a" }]);
  });
});

describe("Processes.exclusively", () => {
  it("runs one work of a name at a time, over all processes, and those of other names and tenants at the same time", async () => {
    const [begun, ended] = [deferred<undefined>(), deferred<undefined>()];
    const order: string[] = [];
    const first = one.processes.exclusively(ACME_TENANT, "feed", async () => {
      begun.resolve(undefined);
      await ended.promise;
      order.push("first");
    });
    await begun.promise;
    const note = (word: string) => () => Promise.resolve(order.push(word));
    const second = other.processes.exclusively(ACME_TENANT, "feed", note("second"));
    await other.processes.exclusively(ACME_TENANT, "another", note("another feed"));
    await other.processes.exclusively(OTHER_TENANT, "feed", note("another tenant"));
    while (other.processes.leaseWaits === 0) await nextTurn(); // the second has asked
    ended.resolve(undefined);
    await Promise.all([first, second]);
    expect({ one: one.processes.leaseWaits, other: other.processes.leaseWaits }).toEqual({ one: 0, other: 1 });
    expect(order).toEqual(["another feed", "another tenant", "first", "second"]);
    expect(await query(one, "select * from lease")).toEqual([]);
  });

  it("gives the lease back where the work fails", async () => {
    await expect(
      one.processes.exclusively(ACME_TENANT, "feed", () => Promise.reject(new Error("oops"))),
    ).rejects.toThrow("oops");
    expect(await other.processes.exclusively(ACME_TENANT, "feed", () => Promise.resolve("done"))).toBe("done");
  });

  it("takes over from a process that died, once its lease ends", async () => {
    const [begun, ended] = [deferred<undefined>(), deferred<undefined>()];
    const died = one.processes.exclusively(ACME_TENANT, "feed", () => {
      begun.resolve(undefined);
      return ended.promise;
    });
    await begun.promise;
    const next = other.processes.exclusively(ACME_TENANT, "feed", () => Promise.resolve("done"));
    await execute(one, "update lease set expires_at = 0");
    expect(await next).toBe("done");
    ended.resolve(undefined);
    await died;
  });
});
