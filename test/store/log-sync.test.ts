import { statSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { openDatabase, type Database } from "../../src/store/open-database";
import { LogSync } from "../../src/store/sql/log-sync";
import { statement } from "../../src/store/sql/statement";
import { query } from "../support/database";
import { deferred } from "../support/fake-feed";
import { temporaryFolder } from "../support/server-process";
import { ACME_TENANT } from "../support/tenants";

/** Waits for the disk that were begun, and are ended by the test. */
type Wait = ReturnType<typeof deferred<undefined>>;

const ADD = statement<{ readonly name: string }>(
  "test add",
  { name: "text" },
  ({ given }) => `insert into setting (name, value) select name, 'x' from ${given}`,
);

/** Lets everything run that can. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await turn();
}

/** How a promise stands: a text that tells it was resolved or rejected comes into `ended`. */
function follow(ended: string[], name: string, promise: Promise<unknown>): void {
  promise.then(
    () => ended.push(name),
    (error: unknown) => ended.push(`${name}: ${error instanceof Error ? error.message : String(error)}`),
  );
}

describe("LogSync", () => {
  it("waits once for all that came while the disk was busy, and begins after they came", async () => {
    const waits: Wait[] = [];
    const sync = new LogSync(() => {
      const wait = deferred<undefined>();
      waits.push(wait);
      return wait.promise;
    });
    const ended: string[] = [];
    for (const name of ["a", "b", "c"]) follow(ended, name, sync.written());
    expect(waits).toHaveLength(1);
    waits[0]?.resolve(undefined);
    await settle();
    expect([ended, waits.length]).toEqual([["a"], 2]);
    waits[1]?.resolve(undefined);
    await settle();
    expect([ended, waits.length]).toEqual([["a", "b", "c"], 2]);
    follow(ended, "d", sync.written());
    waits[2]?.resolve(undefined);
    await settle();
    expect(ended).toEqual(["a", "b", "c", "d"]);
  });

  it("tells of an error of the disk, and goes on with the next wait", async () => {
    let calls = 0;
    const sync = new LogSync(() => {
      calls += 1;
      return calls === 1 ? Promise.reject(Object.assign(new Error("bad"), { code: "EIO" })) : Promise.resolve();
    });
    const ended: string[] = [];
    follow(ended, "a", sync.written());
    follow(ended, "b", sync.written());
    await settle();
    expect(ended).toEqual(["a: The database cannot be written: its disk reports an error (EIO).", "b"]);
    expect(sync.hasFailed).toBe(true);
    sync.clearFailure();
    expect(sync.hasFailed).toBe(false);
  });
});

describe("a database file", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let database: Database;
  let waits: Wait[];
  let ended: string[];

  beforeEach(async () => {
    folder = temporaryFolder();
    database = await openDatabase(join(folder.path, "tributary.db"));
    [waits, ended] = [[], []];
    await add("first"); // opens the log's file
    const file = await open(join(folder.path, "tributary.db"));
    jest.spyOn(Object.getPrototypeOf(file) as typeof file, "datasync").mockImplementation(() => {
      const wait = deferred<undefined>();
      waits.push(wait);
      return wait.promise;
    });
    await file.close();
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    for (const wait of waits) wait.resolve(undefined);
    await database.destroy();
    folder.remove();
  });

  const add = (name: string) => database.writing(ACME_TENANT, (writer) => writer.change(ADD, [{ name }]));
  const names = () => query(database, "select name from setting order by name");

  it("answers a write, and a read that sees it, once the log is on the disk; the next write runs meanwhile", async () => {
    follow(ended, "write a", add("a"));
    await settle();
    follow(ended, "read", names());
    follow(ended, "write b", add("b"));
    await settle();
    expect([ended, waits.length]).toEqual([[], 1]);
    waits[0]?.resolve(undefined);
    await settle();
    expect([[...ended].sort(), waits.length]).toEqual([["read", "write a"], 2]);
    waits[1]?.resolve(undefined);
    await settle();
    expect(ended.slice(2)).toEqual(["write b"]);
  });

  it("refuses a write that did not reach the disk; the next one moves the log to the database first", async () => {
    follow(ended, "write a", add("a"));
    await settle();
    waits[0]?.reject(Object.assign(new Error("bad"), { code: "ENOSPC" }));
    await settle();
    expect(ended).toEqual(["write a: The database cannot be written: its disk reports an error (ENOSPC)."]);
    const log = join(folder.path, "tributary.db-wal");
    const sizeBefore = statSync(log).size;
    follow(ended, "write b", add("b"));
    await settle();
    waits[1]?.resolve(undefined);
    await settle();
    expect(ended.slice(1)).toEqual(["write b"]);
    expect(statSync(log).size).toBeLessThan(sizeBefore);
  });

  it("waits for the disk before it is closed", async () => {
    follow(ended, "write", add("a"));
    await settle();
    follow(ended, "closed", database.destroy());
    await settle();
    expect(ended).toEqual([]);
    waits[0]?.resolve(undefined);
    await settle();
    expect(ended).toEqual(["write", "closed"]);
    database = await openDatabase(join(folder.path, "tributary.db"));
    expect((await names()).map(({ name }) => name)).toContain("a");
  });
});
