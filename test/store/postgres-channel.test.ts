import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type { Client } from "pg";
import { PostgresChannel } from "../../src/store/sql/postgres-channel";
import { newProcessName, ownChannelOf } from "../../src/store/sql/process-name";
import { ACME_TENANT } from "../support/tenants";

/** A client that records what it is asked, and fails where PostgreSQL is away. */
class FakeClient extends EventEmitter {
  connect(): Promise<void> {
    log.push(`${at()} connect`);
    return isAway ? Promise.reject(new Error("ECONNREFUSED")) : Promise.resolve();
  }

  query(statement: string | { readonly text: string; readonly values?: readonly string[] }): Promise<void> {
    const { text, values = [] } = typeof statement === "string" ? { text: statement } : statement;
    log.push([at(), text, ...values].join(" "));
    return isMute ? Promise.reject(new Error("Query read timeout")) : Promise.resolve();
  }

  end(): Promise<void> {
    log.push(`${at()} end`);
    this.emit("end");
    return Promise.resolve();
  }

  hear(channel: string, message: object): void {
    this.hearText(channel, JSON.stringify(message));
  }

  hearText(channel: string, payload: string | undefined): void {
    this.emit("notification", { channel, payload });
  }
}

const names = newProcessName("public", "tributary");
const LISTEN = `listen ${names.channel}; listen ${names.ownChannel}`;

/** What was done and told, each with the milliseconds since the test began. */
let log: string[];
/** What was told of leases. */
let leases: unknown[];
let isAway: boolean;
/** Whether statements get no answer. */
let isMute: boolean;
let clients: FakeClient[];
let channel: PostgresChannel;
let begun: number;

beforeEach(async () => {
  jest.useFakeTimers();
  [begun, log, leases, clients, isAway, isMute] = [Date.now(), [], [], [], false, false];
  channel = new PostgresChannel(names, () => {
    const client = new FakeClient();
    clients.push(client);
    return client as unknown as Client;
  });
  channel.listen((tenant, hasForgotten) => log.push(`${at()} told ${String(tenant)} ${String(hasForgotten)}`));
  channel.listenToLeases((...released) => leases.push(released));
  channel.onChange((isHeard) => log.push(`${at()} ${isHeard ? "back" : "lost"}`));
  await channel.start();
  log = [];
});

afterEach(async () => {
  const ended = channel.end();
  await jest.advanceTimersByTimeAsync(1_000); // it may wait for its next try
  await ended;
  jest.useRealTimers();
});

function at(): string {
  return String(Date.now() - begun);
}

async function logAfter(ms: number): Promise<readonly string[]> {
  await jest.advanceTimersByTimeAsync(ms);
  return log.splice(0);
}

function client(): FakeClient {
  const last = clients.at(-1);
  if (!last) throw new Error("there is no client");
  return last;
}

describe("PostgresChannel", () => {
  it("tells that anything may have been missed when it is lost and when it is back, and tries every 100 ms between", async () => {
    isAway = true;
    client().emit("end");
    expect(channel.connection).not.toBeNull(); // it is told at the next turn
    expect(await logAfter(0)).toEqual(["0 told null true", "0 lost", "0 connect"]);
    expect(channel.connection).toBeNull();
    expect(await logAfter(299)).toEqual(["100 connect", "200 connect"]);
    isAway = false;
    expect(await logAfter(1)).toEqual(["300 connect", `300 ${LISTEN}`, "300 told null true", "300 back"]);
    void channel.connection?.query({ text: "asked" });
    expect(await logAfter(0)).toEqual(["300 asked"]);
    client().hear(names.channel, { process: "other", tenant: "acme" });
    expect(await logAfter(0)).toEqual(["300 told acme false"]);
  });

  it("asks every 2 s whether the connection is there, and gives one up that does not answer", async () => {
    expect(await logAfter(4_000)).toEqual(["2000 select 1", "4000 select 1"]);
    isMute = true;
    isAway = true;
    expect(await logAfter(2_000)).toEqual([
      "6000 select 1",
      "6000 end",
      "6000 told null true",
      "6000 lost",
      "6000 connect",
    ]);
  });

  it("asks no longer once the connection is lost, and for each new one anew", async () => {
    await logAfter(1_900);
    client().emit("end");
    expect((await logAfter(0)).at(-1)).toBe("1900 back");
    expect(await logAfter(1_999)).toEqual([]);
    expect(await logAfter(1)).toEqual(["3900 select 1"]);
  });

  it("answers what another asks, to it alone, and passes on the answers that it gets", async () => {
    const replies: unknown[] = [];
    channel.onReply((reply) => replies.push(reply));
    client().hear(names.channel, { process: "other", question: 7 });
    client().hear(names.channel, { process: names.process, question: 1 });
    client().hear(names.ownChannel, { process: "other", question: 1 });
    const reply = JSON.stringify({ process: names.process, question: 7 });
    expect(await logAfter(0)).toEqual([`0 select pg_notify($1, $2) ${ownChannelOf("other")} ${reply}`]);
    expect(replies).toEqual([{ process: "other", question: 1 }]);
  });

  it.each([
    ["nothing", undefined],
    ["no text", ""],
    ["no JSON", "refresh now"],
    ["half of a message", '{"process":"other","tenant":"ac'],
    ["8,000 bytes", "x".repeat(8_000)],
    ["8,000 bytes of JSON", JSON.stringify({ process: "x".repeat(7_971), question: 7 })],
    ["a null", "null"],
    ["a number", "7"],
    ["a list", '[{"process":"other","tenant":"acme"}]'],
    ["no tenant", '{"process":"other"}'],
    ["a tenant that is no id", '{"process":"other","tenant":"Acme!"}'],
    ["a tenant that is no text", '{"process":"other","tenant":{"id":"acme"}}'],
    ["no process", '{"tenant":"acme"}'],
    ["a process that is no text", '{"process":7,"question":7}'],
    ["a question that is no number", '{"process":"other","question":"7"}'],
    ["a lease of no tenant", '{"process":"other","lease":"l1"}'],
    ["replaced feeds that are none", '{"process":"other","tenant":"acme","replaced":{"feeds":"all","entities":true}}'],
    ["a flag that is none", '{"process":"other","tenant":"acme","forgotten":"yes"}'],
  ])("ignores a notification with %s, which any role of the database can send", async (_, payload) => {
    const replies: unknown[] = [];
    channel.onReply((reply) => replies.push(reply));
    client().hearText(names.channel, payload);
    client().hearText(names.ownChannel, payload);
    expect(await logAfter(0)).toEqual([]);
    expect(replies).toEqual([]);
    client().hear(names.channel, { process: "other", tenant: "acme", forgotten: true });
    expect(await logAfter(0)).toEqual(["0 told acme true"]);
  });

  it("tells what a write of another process replaced", () => {
    const told: unknown[] = [];
    channel.listen((...write) => told.push(write));
    const replaced = { feeds: ["f1"], entities: true };
    client().hear(names.channel, { process: "other", tenant: "acme", replaced });
    client().hear(names.channel, { process: "other", tenant: "acme", forgotten: true, replaced });
    client().hear(names.channel, { process: "other", tenant: "acme" });
    expect(told).toEqual([
      ["acme", false, replaced],
      ["acme", true, replaced],
      ["acme", false, null],
    ]);
    expect(JSON.parse(channel.payloadOf(ACME_TENANT, false, replaced))).toEqual({
      process: names.process,
      tenant: "acme",
      replaced,
    });
  });

  it("tells of leases those who wait for one: nothing was written; an older version tells of both in the same way", async () => {
    client().hear(names.channel, { process: "other", tenant: "acme", lease: "l1" });
    expect([leases.splice(0), await logAfter(0)]).toEqual([[["acme", "l1"]], []]);
    client().hear(names.channel, JSON.parse(channel.payloadOfLease(ACME_TENANT, "own")) as object);
    client().hear(names.channel, { process: "other", tenant: "acme", replaced: { feeds: [], entities: true } });
    expect([leases.splice(0), await logAfter(0)]).toEqual([[], ["0 told acme false"]]);
    client().hear(names.channel, { process: "other", tenant: "acme" });
    expect([leases.splice(0), await logAfter(0)]).toEqual([[["acme", null]], ["0 told acme false"]]);
    client().emit("end");
    await logAfter(0);
    expect(leases).toEqual([
      [null, null], // lost
      [null, null], // back
    ]);
  });

  it("answers nothing on a new connection before everything was dropped", async () => {
    client().emit("end");
    await logAfter(0);
    const old = channel.listen(() => client().hear(names.channel, { process: "other", question: 7 }));
    client().emit("end");
    expect(await logAfter(0)).toEqual([
      "0 told null true",
      "0 lost",
      "0 connect",
      `0 ${LISTEN}`,
      "0 told null true",
      "0 back",
    ]);
    old();
  });

  it("stops trying once it is ended", async () => {
    isAway = true;
    client().emit("end");
    await logAfter(50);
    const ended = channel.end();
    expect(await logAfter(1_000)).toEqual([]);
    await ended;
  });
});
