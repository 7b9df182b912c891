import { windowOf, type PlacedRequest, type Window } from "../../relay/window";
import type { FeedHead, FeedItem, FeedWindow } from "../feed/feed-model";

/*
 * The rows of a feed that are shown. If two companies turn out to be one, a feed with a row of each shows the first only: the other
 * is folded, that is, not shown. Rows about people who were forgotten are not shown either. Positions never change; indexes count
 * the shown rows.
 */

/** Keeps the hidden positions of heads that have forgotten rows: heads never change. */
const hiddenByHead = new WeakMap<FeedHead, readonly number[]>();

/** Positions of rows that are not shown, ascending. */
function hiddenIn(head: FeedHead): readonly number[] {
  if (head.forgotten.length === 0) return head.folded;
  const known = hiddenByHead.get(head) ?? [...head.folded, ...head.forgotten].sort((a, b) => a - b);
  hiddenByHead.set(head, known);
  return known;
}

/** Number of rows that are not shown. */
export function hiddenCount(head: FeedHead | null): number {
  return head ? head.folded.length + head.forgotten.length : 0;
}

/** Number of forgotten rows behind the cursor of a page: such rows are missing, and no call can bring them. */
export function forgottenBehind(head: FeedHead | null, { after }: PlacedRequest): number {
  return head ? head.forgotten.filter((position) => position > (after ?? -1)).length : 0;
}

/** The window in shown rows, as far as it is known now. If the end of the feed is known, counts from the end. */
export function windowIn(head: FeedHead | null, request: PlacedRequest): Window {
  const end = head && hasEnded(head) ? shownIn(head) : null;
  if (!head || hiddenCount(head) === 0) return windowOf(request, end);
  const { direction, count, after, before } = request;
  const placed = {
    direction,
    count,
    after: after === null ? null : indexOf(hiddenIn(head), after + 1) - 1,
    before: before === null ? null : indexOf(hiddenIn(head), before),
  };
  return windowOf(placed, end);
}

/** Number of shown rows of a feed; 0 if it has not begun. */
export function shownIn(head: FeedHead | null | undefined): number {
  return head ? head.length - hiddenCount(head) : 0;
}

/** The positions of the rows of a window, including hidden rows between them. */
export function recordedWindow(feed: FeedHead, { from, to }: Window): FeedWindow {
  const hidden = hiddenIn(feed);
  const first = positionOf(hidden, from);
  return { feed, from: first, to: to > from ? positionOf(hidden, to - 1) + 1 : first };
}

export function shown(head: FeedHead, items: readonly FeedItem[]): readonly FeedItem[] {
  const hidden = hiddenIn(head);
  return hidden.length === 0 ? items : items.filter(({ position }) => !hidden.includes(position));
}

export function hasEnded({ closed, endedAt }: FeedHead): boolean {
  return closed || endedAt !== null;
}

export function clamp({ from, to }: Window, head: FeedHead | null): Window {
  const length = shownIn(head);
  return { from: Math.min(from, length), to: Math.min(to, length) };
}

/** Number of shown rows before a position. */
function indexOf(hidden: readonly number[], position: number): number {
  return position - hidden.filter((one) => one < position).length;
}

/** The position of the shown row at `index`. */
function positionOf(hidden: readonly number[], index: number): number {
  let position = index;
  for (const one of hidden) if (one <= position) position += 1;
  return position;
}
