import type { FeedName } from "../../feeds/feed/feed-model";
import type { Writer } from "../sql/database";
import { CLOSE_FEEDS, OPEN_FEEDS, toHead } from "./feed-rows";

/** Closes the open feeds of a connection, within a unit of work, except those for which `goesOn` is true. */
export async function closeFeeds(
  writer: Writer,
  connection: string,
  goesOn: (feed: FeedName) => boolean,
): Promise<void> {
  const rows = await writer.rows(OPEN_FEEDS, [{ connection }]);
  const closing = rows.filter((row) => !goesOn(toHead(writer.tenant, row)));
  await writer.change(
    CLOSE_FEEDS,
    closing.map(({ id }) => ({ id })),
  );
}
