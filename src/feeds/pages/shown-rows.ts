import { windowOf, type PlacedRequest, type Window } from "../../relay/window";
import type { FeedHead, FeedItem, FeedWindow } from "../feed/feed-model";

/*
 * The rows of a feed that are shown. If two companies turn out to be one, a feed with a row of each shows the first only: the other
 * is folded, that is, not shown. Positions never change; indexes count the shown rows.
 */

/** The window in shown rows, as far as it is known now. If the end of the feed is known, counts from the end. */
export function windowIn(head: FeedHead | null, request: PlacedRequest): Window {
  const end = head && hasEnded(head) ? shownIn(head) : null;
  if (!head || head.folded.length === 0) return windowOf(request, end);
  const { direction, count, after, before } = request;
  const placed = {
    direction,
    count,
    after: after === null ? null : indexOf(head.folded, after + 1) - 1,
    before: before === null ? null : indexOf(head.folded, before),
  };
  return windowOf(placed, end);
}

/** Number of shown rows of a feed; 0 if it has not begun. */
export function shownIn(head: FeedHead | null | undefined): number {
  return head ? head.length - head.folded.length : 0;
}

/** The positions of the rows of a window, including hidden rows between them. */
export function recordedWindow(feed: FeedHead, { from, to }: Window): FeedWindow {
  const first = positionOf(feed.folded, from);
  return { feed, from: first, to: to > from ? positionOf(feed.folded, to - 1) + 1 : first };
}

export function shown({ folded }: FeedHead, items: readonly FeedItem[]): readonly FeedItem[] {
  return folded.length === 0 ? items : items.filter(({ position }) => !folded.includes(position));
}

export function hasEnded({ closed, endedAt }: FeedHead): boolean {
  return closed || endedAt !== null;
}

export function clamp({ from, to }: Window, head: FeedHead | null): Window {
  const length = shownIn(head);
  return { from: Math.min(from, length), to: Math.min(to, length) };
}

/** Number of shown rows before a position. */
function indexOf(folded: readonly number[], position: number): number {
  return position - folded.filter((one) => one < position).length;
}

/** The position of the shown row at `index`. */
function positionOf(folded: readonly number[], index: number): number {
  let position = index;
  for (const one of folded) if (one <= position) position += 1;
  return position;
}
