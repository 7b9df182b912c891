import type { PlacedRequest, Window } from "../../relay/window";
import type { FeedHead } from "../feed/feed-model";
import type { LocatedPage } from "./page-locator";
import { clamp, shownIn, windowIn } from "./shown-rows";

/** What a page shows of its feed. All of it was taken at one moment, so that it agrees. */
export interface PageSlice {
  readonly placed: PlacedRequest;
  /** Where the feed stood; `null` where none has begun. */
  readonly head: FeedHead | null;
  /** The rows that were asked for, and of those the recorded ones. */
  readonly wanted: Window;
  readonly window: Window;
  /** Whether there may have been rows past the record. */
  readonly mayGrow: boolean;
  /** Whether rows of the page may be missing that a call could bring. */
  readonly isShort: boolean;
}

/** @throws {InputError} the page counts from an end that is not known yet. */
export function sliceNow({ feed, source, placed }: LocatedPage<unknown>): PageSlice {
  const head = feed?.head ?? null;
  const mayGrow = feed?.mayGrow(source) ?? true;
  const wanted = windowIn(head, placed);
  const isShort = wanted.to > shownIn(head) && wanted.to > wanted.from && mayGrow;
  return { placed, head, wanted, window: clamp(wanted, head), mayGrow, isShort };
}

/**
 * The slice as it is now that every page of the same operation was read: all of them tell the same. A page that counts from
 * the end keeps the end that was known when it was asked for: the feed may have gone past it since.
 */
export function sliceAgain(taken: PageSlice, located: LocatedPage<unknown>): PageSlice {
  const { direction, before } = located.placed;
  return direction === "backward" && before === null ? taken : sliceNow(located);
}
