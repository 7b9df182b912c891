import type { EntityKey } from "../domain/entity-key";
import type { FoldedRows } from "../feeds/feed/feed-store.port";
import { chunked, type Database } from "./database";

/**
 * Folds rows, within a transaction: where entities became one, a feed that has rows of several of them keeps showing the
 * first.
 *
 * @param joined surviving ids of entities that others became one with.
 * @returns the feeds that show fewer rows now.
 */
export async function foldRows(
  database: Database,
  tenant: string,
  joined: readonly EntityKey[],
): Promise<readonly FoldedRows[]> {
  const changed: FoldedRows[] = [];
  for (const [feedId, positions] of await laterRows(database, tenant, joined)) {
    const { folded: before } = await database
      .selectFrom("feed")
      .select("folded")
      .where("tenant", "=", tenant)
      .where("id", "=", feedId)
      .executeTakeFirstOrThrow();
    const folded = [...new Set([...(JSON.parse(before) as number[]), ...positions])].sort((a, b) => a - b);
    await database
      .updateTable("feed")
      .set({ folded: JSON.stringify(folded) })
      .where("tenant", "=", tenant)
      .where("id", "=", feedId)
      .execute();
    changed.push({ feedId, folded });
  }
  return changed;
}

/** By feed, the positions of rows about an entity that an earlier row is about. */
async function laterRows(
  database: Database,
  tenant: string,
  entities: readonly EntityKey[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const seen = new Set<string>();
  const later = new Map<string, number[]>();
  for (const some of chunked(entities, 1)) {
    const rows = await database
      .selectFrom("entity_key")
      .innerJoin("feed_item", (join) =>
        join.onRef("feed_item.tenant", "=", "entity_key.tenant").onRef("feed_item.subject", "=", "entity_key.key"),
      )
      .select(["feed_item.feed_id", "feed_item.position", "entity_key.entity"])
      .where("entity_key.tenant", "=", tenant)
      .where("entity_key.entity", "in", some)
      .orderBy("feed_item.position")
      .execute();
    for (const { feed_id: feedId, position, entity } of rows) {
      const name = `${feedId} ${entity}`;
      if (seen.has(name)) later.set(feedId, [...(later.get(feedId) ?? []), position]);
      seen.add(name);
    }
  }
  return later;
}
