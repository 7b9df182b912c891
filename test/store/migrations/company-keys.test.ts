import { createHash } from "node:crypto";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Kysely, Migrator, sql, SqliteDialect } from "kysely";
import Sqlite from "libsql";
import { entityKey } from "../../../src/domain/entity-key";
import { nameKey } from "../../../src/feeds/feed/feed-model";
import { mergedQuery } from "../../../src/feeds/profiles/merged-query";
import { SqlFeedStore } from "../../../src/store/feed.sql";
import { MIGRATIONS } from "../../../src/store/migrations/migrations";
import { openDatabase, type Database } from "../../../src/store/open-database";
import { SqlProfileStore } from "../../../src/store/profile.sql";
import { temporaryFolder } from "../../support/server-process";
import { ANYBODY } from "../../support/surfe-stack";
import { ACME_TENANT } from "../../support/tenants";

/** Texts that look like the field are left as they are. */
const CRITERIA = { ...ANYBODY, people: { ...ANYBODY.people, jobTitles: [`"lushaCompanyId":"1"`] } };

const OLD = {
  ...CRITERIA,
  examplePeople: [
    { key: entityKey("Person", "lusha", "8"), lushaCompanyId: "42" },
    { key: entityKey("Person", "linkedin", "jane"), lushaCompanyId: null },
  ],
};

const NEW = {
  ...CRITERIA,
  examplePeople: [
    { key: entityKey("Person", "lusha", "8"), companyKey: entityKey("Company", "lusha", "42") },
    { key: entityKey("Person", "linkedin", "jane"), companyKey: null },
  ],
};

let folder: ReturnType<typeof temporaryFolder>;
let database: Database;

beforeEach(async () => {
  folder = temporaryFolder();
  const path = join(folder.path, "tributary.db");
  await fillOldSchema(path);
  database = await openDatabase(path);
});

afterEach(async () => {
  await database.destroy();
  folder.remove();
});

/** A database as it was before `005-company-keys`: a profile, its merged feed, and one of an earlier profile. */
async function fillOldSchema(path: string): Promise<void> {
  const old = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Sqlite(path) }) });
  const earlier = Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => name < "005"));
  await new Migrator({ db: old, provider: { getMigrations: () => Promise.resolve(earlier) } }).migrateToLatest();
  const profile = JSON.stringify({ ...OLD, providerId: "own" });
  await sql`insert into icp (tenant, id, external_user_id, profile, sent, created_at, updated_at, mark)
    values ('acme', 'i1', 'u1', ${profile}, 0, 1, 1, 1)`.execute(old);
  for (const [id, criteria] of [["f1", OLD] as const, ["f2", ANYBODY] as const]) {
    const query = mergedQuery(criteria as typeof ANYBODY, ["A", "B"]);
    const hash = createHash("sha256").update(query).digest("hex");
    await sql`insert into feed (tenant, id, connection, provider, query, query_hash, created_at, length, state, closed)
      values ('acme', ${id}, 'icp:i1', 'MERGED', ${query}, ${hash}, 1, 0, 'null', 0)`.execute(old);
  }
  await old.destroy();
}

describe("a profile whose example people have a `lushaCompanyId`", () => {
  it("has the same companies as entity keys, and the rest as it was", async () => {
    const profile = await new SqlProfileStore(database).byExternalUserId(ACME_TENANT, "u1");
    expect(profile).toMatchObject({ providerId: "own", criteria: NEW });
  });

  it("finds its merged feed", async () => {
    const names = [NEW, ANYBODY].map((criteria) => ({
      tenant: ACME_TENANT,
      connection: "icp:i1",
      provider: "MERGED" as const,
      query: mergedQuery(criteria, ["A", "B"]),
    }));
    const found = await new SqlFeedStore(database).newest(names);
    expect(names.map((name) => found.get(nameKey(name))?.id)).toEqual(["f1", "f2"]);
  });
});
