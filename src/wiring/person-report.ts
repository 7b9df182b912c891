import type { EntityKey } from "../domain/entity-key";
import type { ProfileCriteria } from "../domain/profile";
import type { TenantId } from "../domain/tenant-id";
import { entityId } from "../relay/global-id";
import type { PersonTraces } from "../store/people.sql";

/** Everything that is recorded of a person, as plain JSON; times are ISO 8601, UTC. */
export function personReport(tenant: TenantId, traces: PersonTraces): object {
  const { names, records, rows, contacts, feeds, profiles } = traces;
  return {
    tenant,
    ids: names.map(entityId),
    identifiers: names.map(identifier),
    records: records.map((record) => ({
      provider: record.provider,
      providerId: record.provider_id,
      identifiers: (JSON.parse(record.keys) as EntityKey[]).map(identifier),
      employer: record.employer,
      fetchedAt: timeOf(record.fetched_at),
      fields: JSON.parse(record.fields) as unknown,
    })),
    lists: rows.map(({ feed_id: list, position, recorded_at: at, content }) => ({
      list,
      position,
      recordedAt: timeOf(at),
      recommendation: content === null ? null : (JSON.parse(content) as unknown),
    })),
    contactOf: contacts.map(({ feed_id: list, position, recorded_at: at, subject: company }) => ({
      company,
      list,
      position,
      recordedAt: timeOf(at),
    })),
    namedInLists: feeds.map(({ row: { id: list, provider }, isSeed }) => ({
      list,
      provider,
      as: isSeed ? "seed" : "known or left out",
    })),
    profiles: profiles.map(({ id, external_user_id: user, profile }) => ({
      id,
      externalUserId: user === "" ? null : user,
      as: rolesIn(JSON.parse(profile) as ProfileCriteria, names),
    })),
  };
}

/** What is recorded of a person, counted, in words: `2 records, 3 rows of lists`. */
export function tracesText({ records, rows, contacts, feeds, profiles }: PersonTraces): string {
  const seeded = feeds.filter(({ isSeed }) => isSeed).length;
  const parts = [
    counted(records.length, "record"),
    counted(rows.length, "row of lists", "rows of lists"),
    counted(contacts.length, "place as a contact", "places as a contact"),
    counted(seeded, "list of people like them", "lists of people like them"),
    counted(feeds.length - seeded, "list that names them otherwise", "lists that name them otherwise"),
    counted(profiles.length, "profile"),
  ];
  return parts.filter((part) => part !== null).join(", ") || "identifiers";
}

function counted(count: number, one: string, many = `${one}s`): string | null {
  return count === 0 ? null : `${String(count)} ${count === 1 ? one : many}`;
}

function rolesIn(
  { examplePeople, excludePeople = [] }: ProfileCriteria,
  names: readonly EntityKey[],
): readonly string[] {
  const isNamed = (people: ProfileCriteria["examplePeople"]): boolean => people.some(({ key }) => names.includes(key));
  return [...(isNamed(examplePeople) ? ["example"] : []), ...(isNamed(excludePeople) ? ["left out"] : [])];
}

/** `linkedin:jane-doe`. */
function identifier(key: EntityKey): string {
  return key.replace(/^Person:/, "");
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}
