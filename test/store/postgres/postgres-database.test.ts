import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Client } from "pg";
import { StoreError } from "../../../src/domain/errors";
import type { TenantId } from "../../../src/domain/tenant-id";
import type { Database, Writer } from "../../../src/store/open-database";
import { openPostgres } from "../../../src/store/open-postgres";
import { statement } from "../../../src/store/sql/statement";
import { execute, query } from "../../support/database";
import { deferred } from "../../support/fake-feed";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";
import { newPostgresUrl } from "../../support/test-database";

const ADD = statement<{ readonly name: string; readonly value: string }>(
  "test add",
  { name: "text", value: "text" },
  ({ given }) => `insert into setting (name, value) select name, value from ${given}`,
);
const SETTINGS = "select name, value from setting order by name";

let url: string;
let database: Database;
/** As another process has it. */
let other: Database;

beforeEach(async () => {
  url = await newPostgresUrl();
  database = await openPostgres({ url, max: 4 });
  other = await openPostgres({ url, max: 4 });
});

afterEach(() => Promise.all([database.destroy(), other.destroy()]));

function add(writer: Writer, name: string): Promise<number> {
  return writer.change(ADD, [{ name, value: "x" }]);
}

/** Ends all connections to the test's schema, as a restart of PostgreSQL would. */
async function cutConnections(): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name like current_setting('application_name') || '%' and pid <> pg_backend_pid()`,
  );
  await client.end();
}

describe("PostgresDatabase.writing", () => {
  it("commits all writes of a unit, or none", async () => {
    await database.writing(ACME_TENANT, (writer) => add(writer, "a"));
    const failed = database.writing(ACME_TENANT, async (writer) => {
      await add(writer, "b");
      throw new Error("oops");
    });
    await expect(failed).rejects.toThrow("oops");
    expect(await query(other, SETTINGS)).toEqual([{ name: "a", value: "x" }]);
  });

  it("keeps the units that are ready at the same time apart: one that fails costs the others nothing", async () => {
    const answers = await Promise.allSettled([
      database.writing(ACME_TENANT, (writer) => add(writer, "a")),
      database.writing(ACME_TENANT, (writer) => add(writer, "a")),
      database.writing(ACME_TENANT, (writer) => add(writer, "b")),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await query(database, SETTINGS)).map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("draws growing numbers, for each tenant its own, over all processes", async () => {
    const draw = (from: Database, tenant: TenantId, count: number) =>
      from.writing(tenant, (writer) => Promise.resolve(writer.draw(count)));
    expect([
      await draw(database, ACME_TENANT, 3),
      await draw(other, ACME_TENANT, 1),
      await draw(other, OTHER_TENANT, 2),
      await draw(database, ACME_TENANT, 0),
      await draw(database, ACME_TENANT, 1),
    ]).toEqual([1, 4, 1, 5, 5]);
  });

  it("runs units of one tenant one after the other, over all processes, and those of another at the same time", async () => {
    const [begun, ended] = [deferred<undefined>(), deferred<undefined>()];
    const order: string[] = [];
    const first = database.writing(ACME_TENANT, async () => {
      begun.resolve(undefined);
      await ended.promise;
      order.push("first");
    });
    await begun.promise;
    const second = other.writing(ACME_TENANT, () => Promise.resolve(order.push("second")));
    await database.writing(OTHER_TENANT, () => Promise.resolve(order.push("another tenant's")));
    ended.resolve(undefined);
    await Promise.all([first, second]);
    expect(order).toEqual(["another tenant's", "first", "second"]);
  });

  it("tells by the epoch that another process wrote, or that a unit failed", async () => {
    const epoch = (from: Database) => from.writing(ACME_TENANT, (writer) => Promise.resolve(writer.epoch));
    const first = await epoch(database);
    expect(await epoch(database)).toBe(first);
    await other.writing(ACME_TENANT, (writer) => add(writer, "a"));
    const second = await epoch(database);
    expect([second === first, await epoch(database)]).toEqual([false, second]);
    await expect(database.writing(ACME_TENANT, () => Promise.reject(new Error("oops")))).rejects.toThrow("oops");
    expect(await epoch(database)).not.toBe(second);
  });
});

describe("a connection that is cut", () => {
  it("fails the unit that used it with an error that says so, and nothing of it is written; the next one works", async () => {
    const unit = database.writing(ACME_TENANT, async (writer) => {
      await add(writer, "a");
      await cutConnections();
      await add(writer, "b");
    });
    await expect(unit).rejects.toMatchObject({ trouble: "connection" });
    await expect(unit).rejects.toBeInstanceOf(StoreError);
    expect(await query(database, SETTINGS)).toEqual([]);
    await database.writing(ACME_TENANT, (writer) => add(writer, "c"));
    expect(await query(other, SETTINGS)).toEqual([{ name: "c", value: "x" }]);
  });

  it("leaves open what was committed, and PostgreSQL is asked: a unit is not written twice", async () => {
    // The connection is lost while PostgreSQL commits: a deferred trigger makes that take long enough.
    await execute(
      database,
      `create function pause() returns trigger language plpgsql as 'begin perform pg_sleep(0.5); return null; end'`,
    );
    await execute(
      database,
      `create constraint trigger pause after insert on setting deferrable initially deferred
         for each row execute function pause()`,
    );
    const writing = database.writing(ACME_TENANT, (writer) => add(writer, "a"));
    const answer = writing.then(
      () => "written",
      (error: unknown) => error,
    );
    for (let isCommitting = false; !isCommitting;) {
      const [row] = await query(
        other,
        "select count(*) as n from pg_stat_activity where query = 'commit' and state = 'active' and split_part(application_name, ' ', 1) = split_part(current_setting('application_name'), ' ', 1)",
      );
      isCommitting = row?.["n"] === 1;
    }
    await cutConnections();
    expect(await answer).toMatchObject({ trouble: "connection" });
    expect(await query(other, SETTINGS)).toEqual([]);
  });
});
