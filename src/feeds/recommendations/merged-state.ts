import type { Json } from "../feed/feed-model";

/** One of the lists that a merged feed is made of. */
export type MergedPart = {
  /** Which list it is, by `ProfileList.kind`. */
  readonly list: string;
  readonly feedId: string;
  /** The position of its next row: those before it had their turn, or were passed over. */
  readonly position: number;
};

/** Where a merged feed stands: its lists in the order of their turns, and whose turn is next. */
export type MergedState = {
  readonly parts: readonly MergedPart[];
  readonly turn: number;
};

/** Reads only what a merged feed's source wrote; a feed that was never extended has no state. */
export function toMergedState(state: Json): MergedState {
  return (state as MergedState | null) ?? { parts: [], turn: 0 };
}
