import type { PlacedRequest, Window } from "../../relay/window";
import type { FeedHead } from "../feed/feed-model";
import type { LocatedPage } from "./page-locator";
import { clamp, forgottenBehind, hiddenCount, shownIn, windowIn } from "./shown-rows";

/** The part of a feed that a page shows. All values are taken at one moment, so that they are consistent. */
export interface PageSlice {
  readonly placed: PlacedRequest;
  /** The head of the feed; `null` where none has begun. */
  readonly head: FeedHead | null;
  /** The requested rows, and the recorded ones of them. */
  readonly wanted: Window;
  readonly window: Window;
  /** Whether there may be rows after the recorded ones. */
  readonly mayGrow: boolean;
  /** Whether rows of the page are missing that a call may bring. */
  readonly isShort: boolean;
  /** How many rows the feed must have so that the page has all its rows. */
  readonly reach: number;
}

/** The slice as it is now. @throws {InputError} the page counts from an end that is not known yet. */
export function sliceNow({ feed, source, placed }: LocatedPage<unknown>): PageSlice {
  const head = feed?.head ?? null;
  const mayGrow = feed?.mayGrow(source) ?? true;
  const wanted = windowIn(head, placed);
  const shown = shownIn(head);
  // A page with forgotten rows is shorter: no row is bought in their place. But an empty page has no cursor to go on with.
  const forgotten = wanted.from < shown ? forgottenBehind(head, placed) : 0;
  const isShort = wanted.to > shown + forgotten && wanted.to > wanted.from && mayGrow;
  const reach = wanted.to + hiddenCount(head) - forgotten;
  return { placed, head, wanted, window: clamp(wanted, head), mayGrow, isShort, reach };
}

/**
 * The slice after all pages of the operation were extended, so that all of them show the same state. A page that counts from
 * the end keeps the end of the first slice, since the feed may have more rows now.
 */
export function sliceAgain(taken: PageSlice, located: LocatedPage<unknown>): PageSlice {
  const { direction, before } = located.placed;
  return direction === "backward" && before === null ? taken : sliceNow(located);
}

/** How many requested rows are not recorded. */
export function missingIn({ wanted, window, isShort }: PageSlice): number {
  return isShort ? wanted.to - wanted.from - (window.to - window.from) : 0;
}
