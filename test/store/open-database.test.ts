import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { TenantId } from "../../src/domain/tenant-id";
import { isAnswering, openDatabase } from "../../src/store/open-database";
import { ownSecret } from "../../src/store/setting.sql";
import { SqliteConnection } from "../../src/store/sql/sqlite-connection";
import { statement } from "../../src/store/sql/statement";
import { execute, query } from "../support/database";
import { deferred } from "../support/fake-feed";
import { temporaryFolder } from "../support/server-process";
import { ACME_TENANT, OTHER_TENANT } from "../support/tenants";

let folder: ReturnType<typeof temporaryFolder> | null = null;

afterEach(() => {
  folder?.remove();
  folder = null;
});

describe("openDatabase", () => {
  it("creates the file with its folders, and finds in it what was left there", async () => {
    folder = temporaryFolder();
    const path = join(folder.path, "a/b/tributary.db");
    const first = await openDatabase(path);
    const secret = await ownSecret(first, "cursor_secret");
    await first.destroy();
    const second = await openDatabase(path);
    expect(await ownSecret(second, "cursor_secret")).toEqual(secret);
    await second.destroy();
  });

  it("refuses a file that is no database", async () => {
    folder = temporaryFolder();
    const path = join(folder.path, "notes.txt");
    writeFileSync(path, "This is not a database.\n".repeat(100));
    await expect(openDatabase(path)).rejects.toThrow("file is not a database");
  });

  it("applies all missing migrations or none, so that one that ended in the middle is begun again", async () => {
    folder = temporaryFolder();
    const path = join(folder.path, "tributary.db");
    const before = new SqliteConnection(path);
    before.exec("create table numbered_item (one integer)"); // in the way of a statement in the middle of 003
    before.close();
    await expect(openDatabase(path)).rejects.toThrow("the database could not be migrated");
    const between = new SqliteConnection(path);
    const tables = between.sqlite.prepare("select name from sqlite_master where type = 'table'").all();
    expect(tables).toEqual([{ name: "numbered_item" }]);
    between.exec("drop table numbered_item");
    between.close();
    const database = await openDatabase(path);
    expect(await query(database, "select count(*) as rows from feed_item")).toEqual([{ rows: 0 }]);
    await database.destroy();
  });

  it("refuses a database of a version that is not known here", async () => {
    folder = temporaryFolder();
    const path = join(folder.path, "tributary.db");
    const newer = await openDatabase(path);
    await execute(newer, "insert into kysely_migration values ('999-newer', '2030-01-01')");
    await newer.destroy();
    await expect(openDatabase(path)).rejects.toThrow(
      "the database has version 999-newer, and this program knows versions up to 007-forgotten-people: start a newer program",
    );
  });
});

describe("isAnswering", () => {
  it("is true until the database is closed", async () => {
    const database = await openDatabase(":memory:");
    expect(await isAnswering(database)).toBe(true);
    await database.destroy();
    expect(await isAnswering(database)).toBe(false);
  });
});

describe("ownSecret", () => {
  it("is made once for each name, of 32 random bytes", async () => {
    const database = await openDatabase(":memory:");
    const cursors = await ownSecret(database, "cursor_secret");
    const accounts = await ownSecret(database, "account_secret");
    expect([cursors.length, accounts.length]).toEqual([32, 32]);
    expect(cursors.equals(accounts)).toBe(false);
    expect(await ownSecret(database, "cursor_secret")).toEqual(cursors);
    await database.destroy();
  });
});

describe("Database.read", () => {
  it("gives what is committed, and waits for no write that is under way", async () => {
    folder = temporaryFolder();
    const database = await openDatabase(join(folder.path, "tributary.db"));
    const [begun, ended] = [deferred<undefined>(), deferred<undefined>()];
    const wanted = statement<object>("test change", {}, () => "insert into setting (name, value) values ('a', 'b')");
    const writing = database.writing(ACME_TENANT, async (writer) => {
      await writer.change(wanted, [{}]);
      begun.resolve(undefined);
      await ended.promise;
    });
    await begun.promise;
    const settings = () => query(database, "select value from setting where name = 'a'");
    expect(await settings()).toEqual([]);
    ended.resolve(undefined);
    await writing;
    expect(await settings()).toEqual([{ value: "b" }]);
    await database.destroy();
  });
});

describe("Database.writing", () => {
  it("draws growing numbers, for each tenant its own", async () => {
    const database = await openDatabase(":memory:");
    const draw = (tenant: TenantId, count: number) =>
      database.writing(tenant, (writer) => Promise.resolve(writer.draw(count)));
    expect([
      await draw(ACME_TENANT, 3),
      await draw(ACME_TENANT, 1),
      await draw(OTHER_TENANT, 2),
      await draw(ACME_TENANT, 0),
      await draw(ACME_TENANT, 1),
    ]).toEqual([1, 4, 1, 5, 5]);
    await database.destroy();
  });

  it("is refused once the database is closed, and so is a read: the process goes on", async () => {
    const database = await openDatabase(":memory:");
    await database.destroy();
    const late = database.writing(ACME_TENANT, (writer) => Promise.resolve(writer.draw(1)));
    await expect(late).rejects.toThrow("the database is closed");
    await expect(query(database, "select 1")).rejects.toThrow("the database is closed");
  });

  it("leaves nothing open on a connection that was closed meanwhile", () => {
    const connection = new SqliteConnection(":memory:");
    connection.exec("begin");
    expect(connection.isInTransaction).toBe(true);
    connection.close();
    expect(connection.isInTransaction).toBe(false);
  });
});
