import { sql } from "kysely";
import type { EntityKey } from "../domain/entity-key";
import type { Provider } from "../domain/provider";
import type { CompanyRecord, Kept, PersonRecord } from "../domain/record";
import type {
  EntityRecords,
  EntityStore,
  RecommendationPlace,
  RosterMember,
} from "../feeds/entities/entity-store.port";
import { chunked, type Database } from "./database";
import type { RecordRow } from "./tables";

interface Found {
  readonly root: EntityKey;
  readonly keys: Set<EntityKey>;
  readonly records: Kept<CompanyRecord | PersonRecord>[];
}

/** Whether the provider of `record` has since told of the person as working somewhere: what it said last counts. */
const hasMoved = sql<boolean>`exists (
  select 1 from record as newer
  where newer.tenant = record.tenant and newer.entity = record.entity and newer.provider = record.provider
    and newer.employer is not null and newer.fetched_at > record.fetched_at
)`;

/** Entities and what follows from records, in SQL. */
export class SqlEntityStore implements EntityStore {
  constructor(private readonly database: Database) {}

  async entities(tenant: string, keys: readonly EntityKey[]): Promise<ReadonlyMap<EntityKey, EntityRecords>> {
    const found = new Map<EntityKey, Found>();
    for (const some of chunked(keys, 1)) {
      // Records hang on the surviving id alone: a row a name, and one more for each record past the first.
      const rows = await this.database
        .selectFrom("entity_key as asked")
        .innerJoin("entity_key as alias", (join) =>
          join.onRef("alias.tenant", "=", "asked.tenant").onRef("alias.entity", "=", "asked.entity"),
        )
        .leftJoin("record", (join) =>
          join.onRef("record.tenant", "=", "alias.tenant").onRef("record.entity", "=", "alias.key"),
        )
        .selectAll("record")
        .select(["asked.key as asked", "asked.entity as root", "alias.key as alias"])
        .where("asked.tenant", "=", tenant)
        .where("asked.key", "in", some)
        .execute();
      for (const { asked, root, alias, ...row } of rows) {
        const key = asked as EntityKey;
        const entry = found.get(key) ?? { root: root as EntityKey, keys: new Set(), records: [] };
        entry.keys.add(alias as EntityKey);
        if (isRecord(row)) entry.records.push(toRecord(row));
        found.set(key, entry);
      }
    }
    const recorded = [...found].filter(([, { records }]) => records.length > 0);
    return new Map(recorded.map(([key, { root, keys: names, records }]) => [key, { root, keys: [...names], records }]));
  }

  async peopleOf(
    tenant: string,
    companies: readonly EntityKey[],
  ): Promise<ReadonlyMap<EntityKey, readonly RosterMember[]>> {
    const rosters = new Map<EntityKey, RosterMember[]>(companies.map((company) => [company, []]));
    for (const some of chunked(companies, 1)) {
      const rows = await this.database
        .selectFrom("entity_key as asked")
        .innerJoin("entity_key as alias", (join) =>
          join.onRef("alias.tenant", "=", "asked.tenant").onRef("alias.entity", "=", "asked.entity"),
        )
        .innerJoin("record", (join) =>
          join.onRef("record.tenant", "=", "alias.tenant").onRef("record.employer", "=", "alias.key"),
        )
        .select(["asked.key as company", "record.entity as person"])
        .select(sql<number>`min(record.mark)`.as("mark"))
        .where("asked.tenant", "=", tenant)
        .where("asked.key", "in", some)
        .groupBy(["asked.key", "record.entity"])
        .having(sql<number>`max(case when ${hasMoved} then 0 else 1 end)`, "=", 1)
        .orderBy("mark")
        .execute();
      for (const { company, person, mark } of rows) {
        rosters.get(company as EntityKey)?.push({ key: person as EntityKey, mark });
      }
    }
    return rosters;
  }

  async recommendationsOf(
    tenant: string,
    subjects: readonly EntityKey[],
  ): Promise<ReadonlyMap<EntityKey, readonly RecommendationPlace[]>> {
    const places = new Map<EntityKey, RecommendationPlace[]>(subjects.map((subject) => [subject, []]));
    for (const some of chunked(subjects, 1)) {
      const rows = await this.database
        .selectFrom("entity_key as asked")
        .innerJoin("entity_key as alias", (join) =>
          join.onRef("alias.tenant", "=", "asked.tenant").onRef("alias.entity", "=", "asked.entity"),
        )
        .innerJoin("feed_item", (join) =>
          join.onRef("feed_item.tenant", "=", "alias.tenant").onRef("feed_item.subject", "=", "alias.key"),
        )
        .innerJoin("feed", (join) =>
          join.onRef("feed.tenant", "=", "feed_item.tenant").onRef("feed.id", "=", "feed_item.feed_id"),
        )
        .select(["asked.key as about", "feed_item.feed_id", "feed_item.position", "feed_item.mark"])
        .where("asked.tenant", "=", tenant)
        .where("asked.key", "in", some)
        .where("feed_item.content", "is not", null)
        .where("feed.provider", "!=", "MERGED") // its rows are those of the feeds it is made of
        .orderBy("feed_item.mark")
        .execute();
      for (const { about, feed_id: feedId, position, mark } of rows) {
        places.get(about as EntityKey)?.push({ feedId, position, mark });
      }
    }
    return places;
  }
}

/** A name without a record joins nothing but nulls. */
function isRecord(row: { readonly [Column in keyof RecordRow]: RecordRow[Column] | null }): row is RecordRow {
  return row.record_key !== null;
}

function toRecord(row: RecordRow): Kept<CompanyRecord | PersonRecord> {
  const common = {
    provider: row.provider as Provider,
    providerId: row.provider_id,
    keys: JSON.parse(row.keys) as EntityKey[],
    fetchedAt: new Date(row.fetched_at),
  };
  return row.kind === "Person"
    ? {
        ...common,
        kind: "Person",
        employer: row.employer as EntityKey | null,
        fields: JSON.parse(row.fields) as PersonRecord["fields"],
      }
    : { ...common, kind: "Company", fields: JSON.parse(row.fields) as CompanyRecord["fields"] };
}
