import { windowOf, type PlacedRequest, type Window } from "../../relay/window";
import type { FeedHead, FeedItem, FeedWindow } from "../feed/feed-model";

/*
 * Rows of a feed as they are shown. Where two companies turn out to be one, a feed that has a row of each shows the first
 * and folds the other into it: positions stay what they are for ever, and indexes count what is shown.
 */

/** The window as far as it can be told now, in rows that are shown; a feed whose end was met counts from there. */
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

/** How many rows of a feed are shown; one that has not begun shows none. */
export function shownIn(head: FeedHead | null | undefined): number {
  return head ? head.length - head.folded.length : 0;
}

/** Where the rows of a window lie in the record, those between them that are not shown included. */
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

/** How many shown rows lie before a position. */
function indexOf(folded: readonly number[], position: number): number {
  return position - folded.filter((one) => one < position).length;
}

/** The position of the shown row at `index`. */
function positionOf(folded: readonly number[], index: number): number {
  let position = index;
  for (const one of folded) if (one <= position) position += 1;
  return position;
}
