import type { Json } from "../feed/feed-model";

/** One of the lists of a merged feed. */
export type MergedPart = {
  /** Which list it is, by `ProfileList.kind`. */
  readonly list: string;
  readonly feedId: string;
  /** The position of its next row: earlier rows were added, or skipped as duplicates. */
  readonly position: number;
};

/** The state of a merged feed: its lists in the order of their turns, and the index of the next. */
export type MergedState = {
  readonly parts: readonly MergedPart[];
  readonly turn: number;
};

/** Parses the state of a merged feed; a feed that was never extended has no lists yet. */
export function toMergedState(state: Json): MergedState {
  return (state as MergedState | null) ?? { parts: [], turn: 0 };
}
