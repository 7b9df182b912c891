import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openDatabase, type Database } from "../../src/store/open-database";
import { statement } from "../../src/store/sql/statement";
import { TimedDatabase } from "../../src/store/timed-database";
import { ACME_TENANT } from "../support/tenants";

const READ = statement<object, { readonly name: string }>("read names", {}, () => "select name from setting");
const ADD = statement<{ readonly name: string }>(
  "add name",
  { name: "text" },
  ({ given }) => `insert into setting (name, value) select name, 'b' from ${given} where true`,
);

let opened: Database;
let names: string[];
let database: TimedDatabase;

beforeEach(async () => {
  opened = await openDatabase(":memory:");
  names = [];
  database = new TimedDatabase(opened, (name, ms) => names.push(ms >= 0 && ms < 600_000 ? name : `${name}: ${ms} ms`));
});

afterEach(() => database.destroy());

describe("TimedDatabase", () => {
  it("reports each statement of a unit of work, and the commit", async () => {
    const found = await database.writing(ACME_TENANT, async (writer) => {
      const first = writer.draw(2);
      await writer.change(ADD, [{ name: "a" }]);
      return { first, tenant: writer.tenant, rows: await writer.rows(READ, [{}]) };
    });
    expect(found).toEqual({ first: 1, tenant: "acme", rows: [{ name: "a" }] });
    expect(names).toEqual(["add name", "read names", "commit"]);
  });

  it("reports reads", async () => {
    expect(await database.read(READ, ACME_TENANT, [{}])).toEqual([]);
    expect(names).toEqual(["read names"]);
  });

  it("reports a statement that fails, and no commit", async () => {
    const failing = database.writing(ACME_TENANT, async (writer) => {
      await writer.change(ADD, [{ name: "a" }]);
      await writer.change(ADD, [{ name: "a" }]);
    });
    await expect(failing).rejects.toThrow("UNIQUE");
    expect(names).toEqual(["add name", "add name"]);
  });
});
