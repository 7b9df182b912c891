import { EventEmitter } from "node:events";
import { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type { QueryConfig, Pool, PoolClient } from "pg";
import { newProcessName } from "../../src/store/sql/process-name";
import { SilentConnections } from "../../src/store/sql/silent-connections";

type Channel = ConstructorParameters<typeof SilentConnections>[1];

interface FakeConnection {
  readonly client: PoolClient;
  bytesRead: number;
}

const names = newProcessName("public", "tributary");

let pool: EventEmitter & { idleCount: number };
/** Tells whether the channel is heard. */
let change: (isHeard: boolean) => void;
/** The backends that run a statement; `null`: PostgreSQL cannot be asked. */
let running: readonly number[] | null;
/** What was done to which backend. */
let log: string[];

beforeEach(() => {
  jest.useFakeTimers();
  [running, log] = [[], []];
  pool = Object.assign(new EventEmitter(), { idleCount: 0 });
  const query = (({ name = "", values = [] }: QueryConfig) => {
    const given = JSON.parse(String(values[0])) as readonly { readonly pid: number; readonly application: string }[];
    log.push(
      ...given.map(({ pid, application }) => `${name} ${String(pid)} ${String(application === names.applicationName)}`),
    );
    if (!running) return Promise.reject(new Error("Connection terminated"));
    return Promise.resolve({ rows: running.map((pid) => ({ pid })), rowCount: 0 });
  }) as NonNullable<Channel["connection"]>["query"];
  const onChange: Channel["onChange"] = (listener) => void (change = listener);
  new SilentConnections(pool as unknown as Pool, { connection: { query }, names, onChange });
});

afterEach(() => void jest.useRealTimers());

/** A connection of the pool on which a statement waits. */
function busyConnection(processID: number): FakeConnection {
  const stream = new Socket();
  const end = (): Promise<void> => {
    log.push(`close ${String(processID)}`);
    return Promise.resolve();
  };
  const client = { connection: { stream }, processID, end } as unknown as PoolClient;
  const connection: FakeConnection = { client, bytesRead: 100 };
  Object.defineProperty(stream, "bytesRead", { get: () => connection.bytesRead });
  pool.emit("connect", client);
  pool.emit("acquire", client);
  return connection;
}

async function logAfter(ms: number): Promise<readonly string[]> {
  await jest.advanceTimersByTimeAsync(ms);
  return log.splice(0);
}

describe("SilentConnections", () => {
  it("closes one that brings no byte for 250 ms while PostgreSQL runs nothing on it, and ends its backend", async () => {
    busyConnection(7);
    change(false);
    expect(await logAfter(10_000)).toEqual([]);
    change(true);
    expect(await logAfter(249)).toEqual(["running backends 7 true"]);
    expect(await logAfter(1)).toEqual(["running backends 7 true", "end backends 7 true", "close 7"]);
  });

  it("keeps one for as long as PostgreSQL runs a statement on it", async () => {
    busyConnection(7);
    running = [7];
    change(false);
    change(true);
    expect(await logAfter(499)).toEqual(["running backends 7 true", "running backends 7 true"]);
    running = [];
    expect(await logAfter(250)).toEqual(["running backends 7 true"]);
    expect(await logAfter(1)).toEqual(["running backends 7 true", "end backends 7 true", "close 7"]);
  });

  it("keeps one that has brought a byte since the loss, and does not ask for it again", async () => {
    const connection = busyConnection(7);
    change(false);
    change(true);
    expect(await logAfter(0)).toEqual(["running backends 7 true"]);
    connection.bytesRead += 1;
    expect(await logAfter(10_000)).toEqual([]);
  });

  it("leaves alone those that were opened after the loss", async () => {
    change(false);
    busyConnection(8);
    change(true);
    expect(await logAfter(10_000)).toEqual([]);
  });

  it("stops where PostgreSQL cannot be asked, and begins anew when the channel is back again", async () => {
    busyConnection(7);
    change(false);
    running = null;
    change(true);
    expect(await logAfter(10_000)).toEqual(["running backends 7 true"]);
    running = [];
    change(false);
    change(true);
    expect(await logAfter(250)).toEqual([
      "running backends 7 true",
      "running backends 7 true",
      "end backends 7 true",
      "close 7",
    ]);
  });
});
