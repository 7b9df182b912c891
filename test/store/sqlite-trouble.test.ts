import { describe, expect, it } from "@jest/globals";
import { withTrouble } from "../../src/store/sql/sqlite-trouble";

describe("a database that cannot be written", () => {
  it.each([
    ["SQLITE_IOERR_WRITE", "disk", "its disk reports an error"],
    ["SQLITE_BUSY_RECOVERY", "lock", "another process holds its lock"],
    ["SQLITE_READONLY_DBMOVED", "permission", "this process may not write to its file"],
    ["SQLITE_CANTOPEN", "permission", "this process may not open its file"],
  ])("is told in plain words: %s", (code, trouble, words) => {
    const cause = Object.assign(new Error("SQLite's own words"), { code });
    expect(withTrouble(cause)).toMatchObject({
      name: "StoreError",
      trouble,
      message: `The database cannot be written: ${words} (${code}).`,
      cause,
    });
  });

  it.each([
    Object.assign(new Error("no"), { code: "SQLITE_CONSTRAINT_PRIMARYKEY" }),
    Object.assign(new Error("no"), { code: "SQLITE_FULLER" }),
    new Error("no"),
    "no",
  ])("is no other error: %p", (error) => {
    expect(withTrouble(error)).toBe(error);
  });
});
