import { existsSync, readFileSync, statSync } from "node:fs";
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

describe("wipeSqlite", () => {
  it("empties the log, which has pages as they were", () => {
    other.exec("pragma secure_delete = on");
    other.exec("insert into person values ('Zoelinde'); delete from person");
    expect(isIn("Zoelinde")).toBe(true);
    expect(wipeSqlite(path, [Buffer.from("Zoelinde")])).toBe("log emptied");
    expect([isIn("Zoelinde"), statSync(`${path}-wal`).size]).toEqual([false, 0]);
  });

  it("writes the file anew where a part of it has what was deleted", () => {
    other.exec("pragma secure_delete = off");
    other.exec("insert into person values ('Zoelinde'); insert into person values ('Jim')");
    other.exec("delete from person where name = 'Zoelinde'");
    expect(wipeSqlite(path, [])).toBe("log emptied");
    expect(isIn("Zoelinde")).toBe(true);
    expect(wipeSqlite(path, [Buffer.from("Quattlebaum"), Buffer.from("Zoelinde")])).toBe("file rewritten");
    expect([isIn("Zoelinde"), isIn("Jim")]).toEqual([false, true]);
    expect(other.prepare("select name from person").all()).toEqual([{ name: "Jim" }]);
  });

  it("finds what lies across two parts of a large file", () => {
    other.exec("pragma secure_delete = off");
    const [size] = other.prepare("pragma page_size").all() as { readonly page_size: number }[];
    const rows = Math.ceil((17 * 1024 * 1024) / (size?.page_size ?? 4096));
    other.exec(`insert into person with recursive n(i) as (select 1 union all select i + 1 from n where i < ${String(rows)})
      select 'Zoe' || i || hex(zeroblob(1800)) from n`);
    wipeSqlite(path, []);
    const bytes = readFileSync(path);
    const across = bytes.subarray(16 * 1024 * 1024 - 20, 16 * 1024 * 1024 + 20);
    expect(wipeSqlite(path, [across])).toBe("file rewritten");
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
