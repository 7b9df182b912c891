import { isPersonKey, strongestKey, type EntityKey } from "../domain/entity-key";
import type { CompanyRecord, Stored, PersonRecord, ProviderRecord } from "../domain/record";
import type { TenantId } from "../domain/tenant-id";
import type { EntityStore } from "../feeds/entities/entity-store.port";
import { NOBODY } from "../feeds/feed/feed-people.port";
import type { EntityRecords, RecommendationPlace, RosterMember } from "../feeds/entity-changes";
import { ENTITIES_BY_NAME, isRecord, toRecord } from "./identity/entity-rows";
import { keepRecords } from "./identity/keep-records";
import { RecentRecords } from "./identity/recent-records";
import type { Forgetting } from "./people/erase-person";
import { ForgottenPeople, type PeopleReader } from "./people/forgotten-people";
import { screenRecords } from "./people/screen-rows";
import type { Database } from "./sql/database";
import { statement } from "./sql/statement";

/**
 * The people who work at a company according to the latest record of some provider. The mark is that of the first record that
 * says so.
 */
const PEOPLE = statement<
  { readonly company: string },
  { readonly company: string; readonly names: string; readonly mark: number }
>(
  "people of companies",
  { company: "text" },
  ({ tenant, given, list, join }) => `
    select given.company, min(job.mark) as mark, (
      select ${list("alias.key")} from entity_key as alias
      where alias.tenant = ${tenant} and alias.entity = job.entity) as names
    from ${given}
    ${join} entity_key as company on company.tenant = given.tenant and company.key = given.company
    ${join} record as job on job.tenant = given.tenant and job.employer_entity = company.entity
    group by given.company, job.entity
    having max(case when exists (
      select 1 from record as newer
      where newer.tenant = given.tenant and newer.entity = job.entity and newer.provider = job.provider
        and newer.employer is not null and newer.fetched_at > job.fetched_at
    ) then 0 else 1 end) = 1
    order by 2`,
);

/** Merged feeds are left out: their rows are rows of other feeds. */
const RECOMMENDATIONS = statement<
  { readonly subject: string },
  { readonly subject: string; readonly feed_id: string; readonly position: number; readonly mark: number }
>(
  "recommendations of subjects",
  { subject: "text" },
  ({ given, join }) => `
    select given.subject, item.feed_id, item.position, item.mark from ${given}
    ${join} entity_key as named on named.tenant = given.tenant and named.key = given.subject
    ${join} feed_item as item on item.tenant = given.tenant and item.entity = named.entity
    ${join} feed on feed.tenant = given.tenant and feed.id = item.feed_id
    where item.content is not null and feed.provider <> 'MERGED'
    order by item.mark`,
);

/** Entities and rosters, in SQL. */
export class SqlEntityStore implements EntityStore {
  constructor(
    private readonly database: Database,
    private readonly forgetting: Forgetting = { forgotten: new ForgottenPeople(), feedPeople: NOBODY },
  ) {}

  /** Keeps what a provider said outside of any list, before anything is read. */
  keep(tenant: TenantId, records: readonly ProviderRecord[], at: Date): Promise<void> {
    return this.database.writing(tenant, async (writer) => {
      const { items } = await screenRecords(writer, records, this.forgetting, at);
      await keepRecords(writer, new RecentRecords(), items, at);
    });
  }

  async forgotten(tenant: TenantId, keys: readonly EntityKey[]): Promise<ReadonlySet<EntityKey>> {
    const people = keys.filter(isPersonKey);
    if (people.length === 0) return new Set();
    const reader: PeopleReader = { tenant, rows: (wanted, given) => this.database.read(wanted, tenant, given) };
    return new Set((await this.forgetting.forgotten.find(reader, people)).keys());
  }

  async entities(tenant: TenantId, keys: readonly EntityKey[]): Promise<ReadonlyMap<EntityKey, EntityRecords>> {
    const found = new Map<
      EntityKey,
      { readonly names: string; readonly records: Stored<CompanyRecord | PersonRecord>[] }
    >();
    const rows = await this.database.read(
      ENTITIES_BY_NAME,
      tenant,
      keys.map((name) => ({ name })),
    );
    for (const row of rows) {
      if (!isRecord(row)) continue;
      const entity = found.get(row.asked as EntityKey) ?? { names: row.names, records: [] };
      entity.records.push(toRecord(row));
      found.set(row.asked as EntityKey, entity);
    }
    return new Map(
      [...found].map(([key, { names, records }]) => {
        const all = JSON.parse(names) as EntityKey[];
        return [key, { root: strongestKey(all), keys: all, records }];
      }),
    );
  }

  async peopleOf(
    tenant: TenantId,
    companies: readonly EntityKey[],
  ): Promise<ReadonlyMap<EntityKey, readonly RosterMember[]>> {
    const rosters = new Map<EntityKey, RosterMember[]>(companies.map((company) => [company, []]));
    const rows = await this.database.read(
      PEOPLE,
      tenant,
      companies.map((company) => ({ company })),
    );
    for (const { company, names, mark } of rows) {
      rosters.get(company as EntityKey)?.push({ key: strongestKey(JSON.parse(names) as EntityKey[]), mark });
    }
    return rosters;
  }

  async recommendationsOf(
    tenant: TenantId,
    subjects: readonly EntityKey[],
  ): Promise<ReadonlyMap<EntityKey, readonly RecommendationPlace[]>> {
    const places = new Map<EntityKey, RecommendationPlace[]>(subjects.map((subject) => [subject, []]));
    const rows = await this.database.read(
      RECOMMENDATIONS,
      tenant,
      subjects.map((subject) => ({ subject })),
    );
    for (const { subject, feed_id: feedId, position, mark } of rows) {
      places.get(subject as EntityKey)?.push({ feedId, position, mark });
    }
    return places;
  }
}
