import type { Kysely } from "kysely";

/** The first schema. */
export async function createTables(db: Kysely<unknown>): Promise<void> {
  await createSettings(db);
  await createFeeds(db);
  await createRecords(db);
  await createProfiles(db);
  await createLedger(db);
}

async function createSettings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("setting")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("counter")
    .addColumn("tenant", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("value", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("counter_pk", ["tenant", "name"])
    .execute();
}

async function createFeeds(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("feed")
    .addColumn("tenant", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("connection", "text", (column) => column.notNull())
    .addColumn("provider", "text", (column) => column.notNull())
    .addColumn("query", "text", (column) => column.notNull())
    .addColumn("query_hash", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("length", "integer", (column) => column.notNull())
    .addColumn("total", "integer")
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("ended_at", "bigint")
    .addColumn("closed", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("feed_pk", ["tenant", "id"])
    .execute();
  await db.schema
    .createIndex("feed_by_name")
    .on("feed")
    .columns(["tenant", "connection", "provider", "query_hash", "closed", "created_at"])
    .execute();
  await db.schema
    .createTable("feed_item")
    .addColumn("tenant", "text", (column) => column.notNull())
    .addColumn("feed_id", "text", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("mark", "bigint", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("content", "text")
    .addColumn("recorded_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("feed_item_pk", ["tenant", "feed_id", "position"])
    .addUniqueConstraint("feed_item_once", ["tenant", "feed_id", "subject"])
    .execute();
  await db.schema.createIndex("feed_item_by_subject").on("feed_item").columns(["tenant", "subject", "mark"]).execute();
}

async function createRecords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("record")
    .addColumn("tenant", "text", (column) => column.notNull())
    .addColumn("provider", "text", (column) => column.notNull())
    .addColumn("record_key", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("entity", "text", (column) => column.notNull())
    .addColumn("employer", "text")
    .addColumn("provider_id", "text")
    .addColumn("keys", "text", (column) => column.notNull())
    .addColumn("fields", "text", (column) => column.notNull())
    .addColumn("fetched_at", "bigint", (column) => column.notNull())
    .addColumn("mark", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("record_pk", ["tenant", "provider", "record_key"])
    .execute();
  await db.schema.createIndex("record_by_entity").on("record").columns(["tenant", "entity"]).execute();
  await db.schema.createIndex("record_by_employer").on("record").columns(["tenant", "employer"]).execute();
  await db.schema
    .createTable("entity_key")
    .addColumn("tenant", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("entity", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("entity_key_pk", ["tenant", "key"])
    .execute();
  await db.schema.createIndex("entity_key_by_entity").on("entity_key").columns(["tenant", "entity"]).execute();
}

async function createProfiles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("icp")
    .addColumn("tenant", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("external_user_id", "text", (column) => column.notNull())
    .addColumn("profile", "text", (column) => column.notNull())
    .addColumn("sent", "integer", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("updated_at", "bigint", (column) => column.notNull())
    .addColumn("mark", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("icp_pk", ["tenant", "id"])
    .addUniqueConstraint("icp_of_user", ["tenant", "external_user_id"])
    .execute();
}

async function createLedger(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("provider_call")
    .addColumn("tenant", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("provider", "text", (column) => column.notNull())
    .addColumn("operation", "text", (column) => column.notNull())
    .addColumn("feed_id", "text")
    .addColumn("reserved_credits", "double precision", (column) => column.notNull())
    .addColumn("started_at", "bigint", (column) => column.notNull())
    .addColumn("settled_at", "bigint")
    .addColumn("outcome", "text")
    .addColumn("credits", "double precision", (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint("provider_call_pk", ["tenant", "id"])
    .execute();
  await db.schema
    .createIndex("provider_call_under_way")
    .on("provider_call")
    .columns(["tenant", "provider", "settled_at"])
    .execute();
  await db.schema
    .createTable("charge")
    .addColumn("tenant", "text", (column) => column.notNull())
    .addColumn("provider", "text", (column) => column.notNull())
    .addColumn("month", "text", (column) => column.notNull())
    .addColumn("unit", "text", (column) => column.notNull())
    .addColumn("credits", "double precision", (column) => column.notNull())
    .addColumn("charged_at", "bigint", (column) => column.notNull())
    .addColumn("call_id", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("charge_pk", ["tenant", "provider", "month", "unit"])
    .execute();
  await db.schema.createIndex("charge_by_time").on("charge").columns(["tenant", "provider", "charged_at"]).execute();
}
