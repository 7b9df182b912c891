import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Kysely, Migrator, sql, SqliteDialect } from "kysely";
import Sqlite from "libsql";
import { UNKNOWN_COMPANY } from "../../../src/domain/company";
import { entityKey, type EntityKey } from "../../../src/domain/entity-key";
import { UNKNOWN_PERSON } from "../../../src/domain/person";
import type { ProviderRecord } from "../../../src/domain/record";
import type { TenantId } from "../../../src/domain/tenant-id";
import { openDatabase, type Database } from "../../../src/store/open-database";
import { SqlEntityStore } from "../../../src/store/entity.sql";
import { SqlFeedStore } from "../../../src/store/feed.sql";
import { SqlProfileStore } from "../../../src/store/profile.sql";
import { SqlCallLedger } from "../../../src/store/ledger.sql";
import { MIGRATIONS } from "../../../src/store/migrations/migrations";
import { query, spentSince } from "../../support/database";
import { extension, HEAD, NOW, paidBy, rowOf } from "../../support/fake-feed";
import { temporaryFolder } from "../../support/server-process";
import { ANYBODY } from "../../support/surfe-stack";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";

const DOMAIN = entityKey("Company", "domain", "c0.com");
const LINKEDIN = entityKey("Company", "linkedin", "c0");
const OTHER = entityKey("Company", "domain", "c1.com");
const ELSEWHERE = entityKey("Company", "domain", "elsewhere.com");
const JANE = entityKey("Person", "linkedin", "jane");
const JOHN = entityKey("Person", "surfe", "7");

const TIME = NOW.getTime();
const DAY_BEFORE = new Date("2026-11-19T23:00:00Z");

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let database: Database;

beforeEach(async () => {
  folder = temporaryFolder();
  path = join(folder.path, "tributary.db");
  await fillReleasedSchema();
  database = await openDatabase(path);
});

afterEach(async () => {
  await database.destroy();
  folder.remove();
});

/** A database as version 0.1.0 left it: the same ids for two tenants. */
async function fillReleasedSchema(): Promise<void> {
  const old = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Sqlite(path) }) });
  const released = Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => name < "003"));
  const migrator = new Migrator({ db: old, provider: { getMigrations: () => Promise.resolve(released) } });
  await migrator.migrateToLatest();
  for (const tenant of [ACME_TENANT, OTHER_TENANT]) {
    for (const text of rowsOf(tenant)) await sql.raw(text).execute(old);
  }
  await old.destroy();
}

function rowsOf(tenant: TenantId): readonly string[] {
  const record = (
    [key, kind, entity, employer, mark]: readonly [string, string, EntityKey, EntityKey | null, number],
    { provider, providerId, keys, fields }: Omit<ProviderRecord, "kind">,
  ) =>
    insert("record", {
      tenant,
      provider,
      record_key: key,
      kind,
      entity,
      employer,
      provider_id: providerId,
      keys: JSON.stringify(keys),
      fields: JSON.stringify(fields),
      fetched_at: TIME,
      mark,
    });
  const feed = (id: string, provider: string, closed: number) =>
    insert("feed", {
      tenant,
      id,
      connection: HEAD.connection,
      provider,
      query: HEAD.query,
      query_hash: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
      created_at: TIME,
      length: 2,
      total: 5,
      state: '{"offset":2}',
      ended_at: null,
      closed,
      folded: "[1]",
    });
  const item = (feedId: string, position: number, mark: number, subject: EntityKey) =>
    insert("feed_item", {
      tenant,
      feed_id: feedId,
      position,
      mark,
      subject,
      content: JSON.stringify(rowOf(0).content),
      recorded_at: TIME,
    });
  const company = {
    provider: "SURFE",
    providerId: null,
    fields: { ...UNKNOWN_COMPANY, name: `${tenant} Inc` },
  } as const;
  const person = { provider: "SURFE", providerId: "p", fields: UNKNOWN_PERSON } as const;
  const charge = (unit: string, callId: string, credits: number, at: Date) =>
    insert("charge", {
      tenant,
      provider: "SURFE",
      month: "2026-11",
      unit,
      credits,
      charged_at: at.getTime(),
      call_id: callId,
    });
  const call = (id: string, credits: number, at: Date) =>
    insert("provider_call", {
      tenant,
      id,
      provider: "SURFE",
      operation: "extend",
      feed_id: HEAD.id,
      reserved_credits: 2,
      started_at: at.getTime(),
      settled_at: at.getTime(),
      outcome: "OK",
      credits,
    });
  const icp = (id: string, user: string, mark: number, sent: number) =>
    insert("icp", {
      tenant,
      id,
      external_user_id: user,
      profile: JSON.stringify(ANYBODY),
      sent,
      created_at: TIME,
      updated_at: TIME,
      mark,
    });
  return [
    insert("counter", { tenant, name: "mark", value: 20 }),
    insert("entity_key", { tenant, key: DOMAIN, entity: DOMAIN }),
    insert("entity_key", { tenant, key: LINKEDIN, entity: DOMAIN }),
    insert("entity_key", { tenant, key: OTHER, entity: OTHER }),
    insert("entity_key", { tenant, key: JANE, entity: JANE }),
    insert("entity_key", { tenant, key: JOHN, entity: JOHN }),
    record(["a", "Company", DOMAIN, null, 3], { ...company, keys: [DOMAIN, LINKEDIN] }),
    record(["b", "Company", OTHER, null, 4], { ...company, keys: [OTHER] }),
    record(["c", "Person", JANE, LINKEDIN, 5], { ...person, keys: [JANE] }),
    record(["d", "Person", JOHN, ELSEWHERE, 6], { ...person, keys: [JOHN] }),
    feed(HEAD.id, "SURFE", 0),
    feed("closed", "SURFE", 1),
    item(HEAD.id, 0, 7, LINKEDIN),
    item(HEAD.id, 1, 8, OTHER),
    item("closed", 0, 9, OTHER),
    charge("a", "1", 1, DAY_BEFORE),
    charge("b", "2", 1, NOW),
    charge("2", "2", 2.5, NOW),
    call("1", 1, DAY_BEFORE),
    call("2", 3.5, NOW),
    icp("i1", "u1", 1, 1),
    icp("i2", "", 2, 0),
  ];
}

function insert(table: string, row: Readonly<Record<string, string | number | null>>): string {
  const literal = (value: string | number | null) =>
    typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
  return `insert into ${table} (${Object.keys(row).join()}) values (${Object.values(row).map(literal).join()})`;
}

describe("a database of version 0.1.0", () => {
  it("keeps its entities, their people and recommendations", async () => {
    const store = new SqlEntityStore(database);
    for (const tenant of [ACME_TENANT, OTHER_TENANT]) {
      const found = await store.entities(tenant, [LINKEDIN, JOHN, ELSEWHERE]);
      expect(found.get(LINKEDIN)).toEqual({
        root: DOMAIN,
        keys: [DOMAIN, LINKEDIN],
        records: [
          {
            kind: "Company",
            provider: "SURFE",
            providerId: null,
            keys: [DOMAIN, LINKEDIN],
            fields: { ...UNKNOWN_COMPANY, name: `${tenant} Inc` },
            fetchedAt: NOW,
          },
        ],
      });
      expect(found.get(JOHN)).toMatchObject({ root: JOHN, records: [{ kind: "Person", employer: ELSEWHERE }] });
      expect(found.has(ELSEWHERE)).toBe(false);
      expect(await store.peopleOf(tenant, [DOMAIN, OTHER])).toEqual(
        new Map([
          [DOMAIN, [{ key: JANE, mark: 5 }]],
          [OTHER, []],
        ]),
      );
      expect(await store.recommendationsOf(tenant, [DOMAIN, OTHER])).toEqual(
        new Map([
          [DOMAIN, [{ feedId: HEAD.id, position: 0, mark: 7 }]],
          [
            OTHER,
            [
              { feedId: HEAD.id, position: 1, mark: 8 },
              { feedId: "closed", position: 0, mark: 9 },
            ],
          ],
        ]),
      );
    }
  });

  it("goes on: a company that was an employer only is recorded, and a feed extended", async () => {
    const entities = new SqlEntityStore(database);
    const feeds = new SqlFeedStore(database);
    const head = (await feeds.newest([HEAD])).get(JSON.stringify(["acme", "icp:1", "SURFE", "{}"]));
    expect(head).toEqual({ ...HEAD, length: 2, total: 5, state: { offset: 2 }, folded: [1] });
    const row = rowOf(0);
    const records = row.records.map((record) => ({ ...record, keys: [ELSEWHERE] }));
    const growth = extension([{ ...row, subject: ELSEWHERE, records }, rowOf(0), rowOf(1)]);
    const { head: after, items } = await feeds.append(head ?? HEAD, ...paidBy("3", growth), NOW);
    expect([after.length, items.map(({ position, subject }) => [position, subject])]).toEqual([3, [[2, ELSEWHERE]]]);
    expect((await entities.peopleOf(ACME_TENANT, [ELSEWHERE])).get(ELSEWHERE)).toEqual([{ key: JOHN, mark: 6 }]);
    const marks = (await query(database, "select mark from feed_item where tenant = 'acme' and position = 2")).map(
      ({ mark }) => mark,
    );
    expect(marks[0]).toBeGreaterThan(20);
  });

  it("keeps what was spent, and charges no name twice", async () => {
    const ledger = new SqlCallLedger(database);
    expect([
      await spentSince(ledger, ACME_TENANT, "SURFE", null),
      await spentSince(ledger, ACME_TENANT, "SURFE", NOW),
      await spentSince(ledger, ACME_TENANT, "SURFE", DAY_BEFORE),
      await spentSince(ledger, ACME_TENANT, "LUSHA", null),
    ]).toEqual([4.5, 3.5, 4.5, 0]);
    const feeds = new SqlFeedStore(database);
    const charge = { kind: "units", units: ["a", "b", "c"] } as const;
    await feeds.append({ ...HEAD, length: 2 }, extension([]), { id: "3", provider: "SURFE", charge }, NOW);
    expect([
      await spentSince(ledger, ACME_TENANT, "SURFE", null),
      await spentSince(ledger, OTHER_TENANT, "SURFE", null),
    ]).toEqual([5.5, 4.5]);
  });

  it("keeps profiles, their order, and which of them were sent", async () => {
    const store = new SqlProfileStore(database);
    const all = await store.part(ACME_TENANT, { direction: "forward", count: 9, after: null, before: null });
    expect({
      ...all,
      members: all.members.map(({ profile, mark }) => [profile.id, profile.externalUserId, mark]),
    }).toEqual({
      members: [
        ["i1", "u1", 1],
        ["i2", null, 2],
      ],
      hasPrevious: false,
      hasNext: false,
      total: 2,
    });
    expect([await store.isSent(ACME_TENANT, "i1"), await store.isSent(ACME_TENANT, "i2")]).toEqual([true, false]);
  });
});
