import { strongestKey, type EntityKey } from "../domain/entity-key";
import type { ProviderRecord } from "../domain/record";
import { chunked, type Database } from "./database";

/** Disjoint sets of keys. */
class KeySets {
  readonly #parents = new Map<EntityKey, EntityKey>();

  find(key: EntityKey): EntityKey {
    const parent = this.#parents.get(key) ?? key;
    if (parent === key) return key;
    const root = this.find(parent);
    this.#parents.set(key, root);
    return root;
  }

  unite(a: EntityKey, b: EntityKey): void {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    const root = strongestKey([rootA, rootB]);
    this.#parents.set(rootA, root);
    this.#parents.set(rootB, root);
  }
}

export interface Joined {
  readonly roots: ReadonlyMap<EntityKey, EntityKey>;
  readonly joined: readonly EntityKey[];
}

/**
 * Joins what the records say is one entity, within a transaction. Records that share a key share an entity, whose id
 * is its strongest key; where entities that were apart become one, everything kept of them moves to the surviving id.
 *
 * @returns by any key of the batch, the entity's surviving id; and the ids of those that others became one with.
 */
export async function joinEntities(
  database: Database,
  tenant: string,
  records: readonly ProviderRecord[],
): Promise<Joined> {
  const keys = [...new Set(records.flatMap((record) => record.keys))];
  const known = await knownRoots(database, tenant, keys);
  const sets = new KeySets();
  for (const [key, root] of known) sets.unite(key, root);
  for (const { keys: names } of records) {
    const [first, ...others] = names;
    if (first !== undefined) for (const other of others) sets.unite(first, other);
  }
  const joined = new Set<EntityKey>();
  for (const old of new Set(known.values())) {
    const root = sets.find(old);
    if (root === old) continue;
    await moveEntity(database, tenant, old, root);
    joined.add(root);
  }
  const roots = new Map(keys.map((key) => [key, sets.find(key)]));
  const fresh = keys.filter((key) => !known.has(key));
  for (const rows of chunked(fresh, 3)) {
    await database
      .insertInto("entity_key")
      .values(rows.map((key) => ({ tenant, key, entity: roots.get(key) ?? key })))
      .execute();
  }
  return { roots, joined: [...joined] };
}

/** By key, the surviving id it leads to; unknown keys are absent. */
export async function knownRoots(
  database: Database,
  tenant: string,
  keys: readonly EntityKey[],
): Promise<ReadonlyMap<EntityKey, EntityKey>> {
  const found = new Map<EntityKey, EntityKey>();
  for (const some of chunked(keys, 1)) {
    const rows = await database
      .selectFrom("entity_key")
      .select(["key", "entity"])
      .where("tenant", "=", tenant)
      .where("key", "in", some)
      .execute();
    for (const { key, entity } of rows) found.set(key as EntityKey, entity as EntityKey);
  }
  return found;
}

/** Every key of these entities, which are named by their surviving ids. */
export async function keysOf(
  database: Database,
  tenant: string,
  roots: readonly EntityKey[],
): Promise<readonly EntityKey[]> {
  const keys: EntityKey[] = [];
  for (const some of chunked(roots, 1)) {
    const rows = await database
      .selectFrom("entity_key")
      .select("key")
      .where("tenant", "=", tenant)
      .where("entity", "in", some)
      .execute();
    keys.push(...rows.map(({ key }) => key as EntityKey));
  }
  return keys;
}

async function moveEntity(database: Database, tenant: string, from: EntityKey, to: EntityKey): Promise<void> {
  await database
    .updateTable("entity_key")
    .set({ entity: to })
    .where("tenant", "=", tenant)
    .where("entity", "=", from)
    .execute();
  await database
    .updateTable("record")
    .set({ entity: to })
    .where("tenant", "=", tenant)
    .where("entity", "=", from)
    .execute();
}
