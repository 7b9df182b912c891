import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { wipeSqlite } from "../../src/store/wipe-sqlite";
import { temporaryFolder } from "../support/server-process";

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let other: Sqlite.Database;

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, "tributary.db");
  other = new Sqlite(path);
  other.exec("pragma journal_mode = wal; create table person (name text)");
});

afterEach(() => {
  other.close();
  folder.remove();
});

function isIn(text: string): boolean {
  const files = [path, `${path}-wal`].filter((file) => existsSync(file));
  return files.some((file) => readFileSync(file).includes(text));
}

function rows(): readonly unknown[] {
  return (other.prepare("select name from person").all() as { readonly name: string }[]).map(({ name }) => name);
}

function integrity(): unknown {
  return (other.prepare("pragma integrity_check").all() as { readonly integrity_check: string }[])[0]?.integrity_check;
}

describe("wipeSqlite", () => {
  it("empties the log, which has pages as they were", () => {
    other.exec("pragma secure_delete = on");
    other.exec("insert into person values ('Zoelinde'); delete from person");
    expect(isIn("Zoelinde")).toBe(true);
    expect(wipeSqlite(path, [Buffer.from("Zoelinde")])).toBe("log emptied");
    expect([isIn("Zoelinde"), statSync(`${path}-wal`).size]).toEqual([false, 0]);
  });

  it("overwrites what is left between rows, and nothing else of the file", () => {
    other.exec("pragma secure_delete = off");
    other.exec("insert into person values ('Zoelinde'), ('Jim')");
    other.exec("delete from person where name = 'Zoelinde'");
    expect(wipeSqlite(path, [])).toBe("log emptied");
    expect(isIn("Zoelinde")).toBe(true);
    const before = readFileSync(path);
    expect(wipeSqlite(path, [Buffer.from("Quattlebaum"), Buffer.from("linde")])).toBe("pages cleaned");
    const changed = readFileSync(path)
      .subarray(100)
      .map((byte, at) => byte ^ (before[100 + at] ?? 0));
    // Where the row was, and the row.
    expect(Buffer.from(changed).toString("latin1").replaceAll("\0", "")).toBe("\u000f\u00edZoelinde");
    expect([isIn("linde"), isIn("Jim"), statSync(`${path}-wal`).size]).toEqual([false, true, 0]);
    expect(wipeSqlite(path, [Buffer.from("linde")])).toBe("log emptied");
    expect([rows(), integrity()]).toEqual([["Jim"], "ok"]);
  });

  it("leaves rows of others that have the same, and finds what is left beside them", () => {
    other.exec("insert into person values ('Zoelinde'), ('Jim')");
    expect(wipeSqlite(path, [Buffer.from("Zoelinde")])).toBe("log emptied");
    other.exec("pragma secure_delete = off");
    other.exec("insert into person values ('Zoelinde of nowhere'); delete from person where name like '%nowhere'");
    expect(wipeSqlite(path, [Buffer.from("Zoelinde")])).toBe("pages cleaned");
    expect([isIn("nowhere"), rows(), integrity()]).toEqual([false, ["Zoelinde", "Jim"], "ok"]);
  });

  it.each([
    ["a table", "create table person (name text primary key) without rowid"],
    ["a table and an index", "create table person (name text); create index by_name on person (name)"],
  ])("overwrites copies of what SQLite has moved and then deleted, in %s", (_, create) => {
    other.exec(`pragma synchronous = off; pragma secure_delete = on; drop table person; ${create}`);
    // In an order that moves rows from page to page.
    for (let from = 0; from < 20_000; from += 100) {
      other.exec(`insert into person
        with recursive n(i) as (select ${String(from)} union all select i + 1 from n where i < ${String(from + 99)})
        select 'Zoe' || (i * 7919 % 20000) || '-' || hex(zeroblob(20 + i * 31 % 40)) from n`);
    }
    other.exec("delete from person where cast(substr(name, 4) as integer) % 50 = 7");
    wipeSqlite(path, []);
    const kept = rows();
    const gone = Array.from({ length: 400 }, (_one, nth) => `Zoe${String(7 + 50 * nth)}-`);
    const leftOf = (): readonly string[] => {
      const bytes = readFileSync(path, "latin1");
      return gone.filter((name) => bytes.includes(name));
    };
    const left = leftOf();
    expect(left).not.toEqual([]);
    expect(
      wipeSqlite(
        path,
        left.map((name) => Buffer.from(name)),
      ),
    ).toBe("pages cleaned");
    expect([leftOf(), rows(), integrity()]).toEqual([[], kept, "ok"]);
  });

  it("writes the file anew where a page that is in no use has it, or a page of a long row", () => {
    other.exec("pragma secure_delete = off");
    other.exec(
      "insert into person values (hex(zeroblob(10000)) || 'Zoelinde'), ('Jim'); delete from person where rowid = 1",
    );
    expect(wipeSqlite(path, [Buffer.from("Zoelinde")])).toBe("file rewritten");
    expect([isIn("Zoelinde"), rows()]).toEqual([false, ["Jim"]]);
    other.exec("insert into person values (hex(zeroblob(10000)) || 'Zoelinde')");
    expect(wipeSqlite(path, [Buffer.from("Zoelinde")])).toBe("file rewritten");
    expect([isIn("Zoelinde"), integrity()]).toEqual([true, "ok"]);
  });

  it("finds what lies far behind in a large file", () => {
    other.exec("pragma secure_delete = off");
    other.exec(`insert into person with recursive n(i) as (select 1 union all select i + 1 from n where i < 9000)
      select 'Zoe' || i || '-' || hex(zeroblob(1000)) from n`);
    other.exec("delete from person where rowid = 8999");
    wipeSqlite(path, []);
    expect(readFileSync(path).indexOf("Zoe8999-")).toBeGreaterThan(16 * 1024 * 1024);
    expect(wipeSqlite(path, [Buffer.from("Zoe8999-")])).toBe("pages cleaned");
    expect([isIn("Zoe8999-"), isIn("Zoe8998-"), integrity()]).toEqual([false, true, "ok"]);
  });

  it("is seen by another process at once, which goes on", () => {
    other.exec("pragma secure_delete = off");
    other.exec("insert into person values ('Zoelinde'), ('Jim'); delete from person where name = 'Zoelinde'");
    expect(rows()).toEqual(["Jim"]); // it has the page in its memory
    wipeSqlite(path, [Buffer.from("Zoelinde")]);
    other.exec("insert into person values ('Ann')"); // into the page that was cleaned
    wipeSqlite(path, []);
    expect([isIn("Zoelinde"), rows(), integrity()]).toEqual([false, ["Jim", "Ann"], "ok"]);
  });

  it("does nothing in an empty file", () => {
    const empty = join(folder.path, "empty.db");
    writeFileSync(empty, "");
    expect(wipeSqlite(empty, [Buffer.from("Zoelinde")])).toBe("log emptied");
  });

  it("says that the log cannot be emptied while another process reads all the time", () => {
    other.exec("insert into person values ('Zoelinde')");
    const reader = new Sqlite(path);
    reader.exec("begin; select * from person");
    reader.prepare("select * from person").all();
    other.exec("delete from person");
    expect(() => wipeSqlite(path, [], 10)).toThrow(
      `another process reads or writes ${path} without a pause, so its log still has what was deleted. Run this again.`,
    );
    reader.close();
  });
});
