import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { StoreError } from "../../src/domain/errors";
import { openDatabase, type Database } from "../../src/store/open-database";
import { WatchedDatabase } from "../../src/store/watched-database";
import { execute, query } from "../support/database";

const full = new StoreError("disk", "full");
const locked = new StoreError("lock", "locked");

let opened: Database;
let trouble: Error | null;
let changes: (StoreError | null)[];
let database: WatchedDatabase;

beforeEach(async () => {
  opened = await openDatabase(":memory:");
  jest.useFakeTimers();
  trouble = null;
  changes = [];
  const failing: Database = {
    read: (wanted, tenant, given) => opened.read(wanted, tenant, given),
    writing: (tenant, work) => (trouble ? Promise.reject(trouble) : opened.writing(tenant, work)),
    destroy: () => opened.destroy(),
  };
  database = new WatchedDatabase(failing, (change) => changes.push(change), 1_000);
});

afterEach(async () => {
  jest.useRealTimers();
  await database.destroy();
});

function write(): Promise<void> {
  return execute(database, "insert into setting (name, value) values ('a', 'b')");
}

describe("WatchedDatabase", () => {
  it("tells once why it cannot be written, and when it can again", async () => {
    trouble = full;
    await expect(write()).rejects.toBe(full);
    await expect(write()).rejects.toBe(full);
    trouble = locked;
    await expect(write()).rejects.toBe(locked);
    expect(database.trouble).toBe(locked);
    trouble = null;
    await write();
    expect([database.trouble, changes]).toEqual([null, [full, locked, null]]);
    expect(await query(database, "select value from setting where name = 'a'")).toEqual([{ value: "b" }]);
  });

  it("finds out by itself when it can be written again", async () => {
    trouble = full;
    await expect(write()).rejects.toBe(full);
    await jest.advanceTimersByTimeAsync(1_000);
    expect([database.trouble, jest.getTimerCount()]).toEqual([full, 1]);
    trouble = null;
    await jest.advanceTimersByTimeAsync(1_000);
    expect([database.trouble, jest.getTimerCount(), changes]).toEqual([null, 0, [full, null]]);
  });

  it("takes no other failure for one of the database", async () => {
    trouble = new TypeError("oops");
    await expect(write()).rejects.toBe(trouble);
    expect([database.trouble, changes, jest.getTimerCount()]).toEqual([null, [], 0]);
  });

  it("leaves no timer behind", async () => {
    trouble = full;
    await expect(write()).rejects.toBe(full);
    await database.destroy();
    expect(jest.getTimerCount()).toBe(0);
    opened = await openDatabase(":memory:");
  });
});
