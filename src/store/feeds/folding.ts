import type { FoldedRows } from "../../feeds/feed/feed-store.port";
import type { Writer } from "../sql/database";
import { HEADS, ITEMS_ABOUT, SET_FOLDED } from "./feed-rows";

/**
 * Folds rows, within a unit of work: where entities became one, a feed that has rows of several of them keeps showing the first.
 *
 * @param joined numbers of entities that others became one with.
 * @returns the feeds that show fewer rows now.
 */
export async function foldRows(writer: Writer, joined: readonly number[]): Promise<readonly FoldedRows[]> {
  const later = await laterRows(writer, joined);
  const heads = await writer.rows(
    HEADS,
    [...later.keys()].map((id) => ({ id })),
  );
  const changed = heads.map(({ id, folded: before }): FoldedRows => {
    const positions = new Set([...(JSON.parse(before) as number[]), ...(later.get(id) ?? [])]);
    return { feedId: id, folded: [...positions].sort((a, b) => a - b) };
  });
  await writer.change(
    SET_FOLDED,
    changed.map(({ feedId, folded }) => ({ id: feedId, folded: JSON.stringify(folded) })),
  );
  return changed;
}

/** By feed, the positions of rows about an entity that an earlier row is about. */
async function laterRows(writer: Writer, entities: readonly number[]): Promise<ReadonlyMap<string, readonly number[]>> {
  const rows = await writer.rows(
    ITEMS_ABOUT,
    entities.map((entity) => ({ entity })),
  );
  const seen = new Set<string>();
  const later = new Map<string, number[]>();
  for (const { feed_id: feedId, position, entity } of [...rows].sort((a, b) => a.position - b.position)) {
    const name = `${feedId} ${String(entity)}`;
    if (seen.has(name)) later.set(feedId, [...(later.get(feedId) ?? []), position]);
    seen.add(name);
  }
  return later;
}
