import type { FoldedRows } from "../../feeds/feed/feed-store.port";
import type { Writer } from "../sql/database";
import { HEADS, ITEMS_ABOUT, SET_FOLDED } from "./feed-rows";

/**
 * Folds rows, within a unit of work: if a feed has several rows about one entity, it shows the first only.
 *
 * @param joined numbers of entities into which others were merged.
 * @returns the feeds in which rows were folded.
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

/** By feed, the positions of rows about an entity that an earlier row of the feed is about. */
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
