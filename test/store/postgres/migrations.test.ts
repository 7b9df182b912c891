import { describe, expect, it } from "@jest/globals";
import { openPostgres } from "../../../src/store/open-postgres";
import { execute, query } from "../../support/database";
import { newPostgresUrl } from "../../support/test-database";

describe("migrations of PostgreSQL", () => {
  it("are applied once, by whichever process comes first", async () => {
    const url = await newPostgresUrl();
    const opened = await Promise.all([1, 2, 3, 4].map(() => openPostgres({ url, max: 2 })));
    const [database] = opened;
    expect(database && (await query(database, "select name from migration"))).toEqual([
      { name: "005-postgres" },
      { name: "006-spending" },
      { name: "007-forgotten-people" },
      { name: "008-shared-states" },
    ]);
    await Promise.all(opened.map((one) => one.destroy()));
  });

  it("leave data as it is at the next start", async () => {
    const url = await newPostgresUrl();
    const first = await openPostgres({ url, max: 2 });
    await execute(first, "insert into setting (name, value) values ('a', 'b')");
    await first.destroy();
    const second = await openPostgres({ url, max: 2 });
    expect(await query(second, "select value from setting where name = 'a'")).toEqual([{ value: "b" }]);
    await second.destroy();
  });

  it("refuse a database that a newer program has used", async () => {
    const url = await newPostgresUrl();
    const newer = await openPostgres({ url, max: 2 });
    await execute(newer, "insert into migration (name, applied_at) values ('999-newer', now())");
    await newer.destroy();
    await expect(openPostgres({ url, max: 2 })).rejects.toThrow(
      "the database has version 999-newer, and this program knows versions up to 008-shared-states: start a newer program",
    );
  });
});
