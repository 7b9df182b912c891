import { strongestKey, type EntityKey } from "../../domain/entity-key";
import type { EntityChanges, RosterMember } from "../../feeds/entity-changes";
import type { Writer } from "../sql/database";
import { NAMES } from "./entity-rows";
import type { JoinedEntity, Joining } from "./joining";

/** The rosters that changed: the people of new companies, and the keys of entities whose rosters must be read again. */
export async function changedLists(writer: Writer, joining: Joining): Promise<Pick<EntityChanges, "stale" | "people">> {
  const stale = new Set<EntityKey>();
  const people = new Map<JoinedEntity, Map<JoinedEntity, RosterMember>>();
  const elsewhere = new Set<number>();
  const newNames = new Set(joining.newNames);
  for (const entity of joining.touched) {
    const hasNewNames = [...entity.names].some((name) => newNames.has(name));
    if (entity.absorbed.length > 0 || (hasNewNames && !entity.isNew)) addTo(stale, entity.names);
    for (const { employer, number, mark } of jobsOf(entity)) {
      const company = joining.entityOf(employer);
      if (!company) {
        if (number !== null) elsewhere.add(number);
      } else if (company.isNew && entity.isNew) {
        const members = people.get(company) ?? new Map<JoinedEntity, RosterMember>();
        people.set(company, members);
        const before = members.get(entity)?.mark ?? Infinity;
        members.set(entity, { key: strongestKey(entity.names), mark: Math.min(before, mark) });
      } else addTo(stale, company.names);
    }
  }
  const others = await writer.rows(
    NAMES,
    [...elsewhere].map((entity) => ({ entity })),
  );
  for (const { name } of others) stale.add(name as EntityKey);
  return { stale: [...stale], people: byName(people, stale) };
}

/** All employers in the records of a person, past ones too. */
function jobsOf({
  rows,
}: JoinedEntity): readonly { readonly employer: EntityKey; readonly number: number | null; readonly mark: number }[] {
  return [...rows.values()].flatMap(({ incoming, kept, mark }) => {
    const employer = incoming?.employer ?? kept?.employer ?? null;
    return employer === null ? [] : [{ employer: employer as EntityKey, number: kept?.employer_entity ?? null, mark }];
  });
}

function byName(
  people: ReadonlyMap<JoinedEntity, ReadonlyMap<JoinedEntity, RosterMember>>,
  stale: ReadonlySet<EntityKey>,
): ReadonlyMap<EntityKey, readonly RosterMember[]> {
  const lists = new Map<EntityKey, readonly RosterMember[]>();
  for (const [{ names }, members] of people) {
    const list = [...members.values()].sort((a, b) => a.mark - b.mark);
    for (const name of names) if (!stale.has(name)) lists.set(name, list);
  }
  return lists;
}

function addTo(all: Set<EntityKey>, names: Iterable<EntityKey>): void {
  for (const name of names) all.add(name);
}
