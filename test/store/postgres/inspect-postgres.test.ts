import { describe, expect, it } from "@jest/globals";
import { inspectPostgres } from "../../../src/store/inspect-postgres";
import { openPostgres } from "../../../src/store/open-postgres";
import { execute, query } from "../../support/database";
import { newPostgresUrl } from "../../support/test-database";

describe("inspectPostgres", () => {
  it("creates nothing: a new database stays new", async () => {
    const url = await newPostgresUrl();
    const isNew = { found: null, own: "008-shared-states" };
    expect([await inspectPostgres({ url, max: 1 }), await inspectPostgres({ url, max: 1 })]).toEqual([isNew, isNew]);
  });

  it("finds the version that openPostgres made, and openPostgres tells what it found", async () => {
    const url = await newPostgresUrl();
    const found: unknown[] = [];
    for (let again = 0; again < 2; again += 1) {
      await (await openPostgres({ url, max: 2 }, (version) => found.push(version))).destroy();
    }
    const made = { found: "008-shared-states", own: "008-shared-states" };
    expect([found, await inspectPostgres({ url, max: 1 })]).toEqual([
      [{ found: null, own: "008-shared-states" }, made],
      made,
    ]);
  });

  it("refuses a database that a newer program has used", async () => {
    const url = await newPostgresUrl();
    const newer = await openPostgres({ url, max: 2 });
    await execute(newer, "insert into migration (name, applied_at) values ('999-newer', now())");
    await newer.destroy();
    await expect(inspectPostgres({ url, max: 1 })).rejects.toThrow(
      "the database has version 999-newer, and this program knows versions up to 008-shared-states: start a newer program",
    );
  });

  it("refuses a user who may not create tables", async () => {
    const url = await newPostgresUrl();
    const owner = await openPostgres({ url, max: 2 });
    const [row] = await query(owner, "select current_schema() as schema");
    await execute(owner, "create role reader login password 'reader'");
    await execute(owner, `grant usage on schema "${String(row?.["schema"])}" to reader`);
    await owner.destroy();
    const own = new URL(url);
    own.username = own.password = "reader";
    await expect(inspectPostgres({ url: own.href, max: 1 })).rejects.toThrow(
      'the user "reader" may not create or use tables in "postgres". Grant it, or correct the user in DATABASE_URL (42501).',
    );
  });
});
