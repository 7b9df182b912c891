import { InputError } from "../domain/errors";

/** A page request with opened cursors: positions in the list. */
export interface PlacedRequest {
  readonly direction: "forward" | "backward";
  readonly count: number;
  readonly after: number | null;
  readonly before: number | null;
}

/** Positions `from` (included) to `to` (excluded). `to` may lie past the end of what is recorded. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * The part of a list that a request asks for, by the Relay specification.
 *
 * @param end the length of the list, if its end is known; else `null`.
 * @throws {InputError} the page counts from an end that is not known yet.
 * @example
 *   windowOf({ direction: "forward", count: 10, after: 4, before: null }, null); // { from: 5, to: 15 }
 */
export function windowOf({ direction, count, after, before }: PlacedRequest, end: number | null): Window {
  const lower = after === null ? 0 : after + 1;
  if (direction === "forward") {
    const to = lower + count;
    return { from: lower, to: before === null ? to : Math.max(lower, Math.min(to, before)) };
  }
  const upper = before ?? end;
  if (upper === null) {
    throw new InputError(
      "`last` needs `before` here: the end of this list is not known yet. Page with `first` and `after`, or give `before`.",
    );
  }
  const to = Math.max(lower, upper);
  return { from: Math.max(lower, to - count), to };
}

/** A list whose members have growing marks in place of indexes; cursors contain marks. */
export interface MarkedList<T> {
  readonly members: readonly T[];
  readonly markOf: (member: T) => number;
}

/** The window of a complete list, where `after` and `before` are marks. The members with these marks need not exist any more. */
export function windowByMarks<T>({ members, markOf }: MarkedList<T>, request: PlacedRequest): Window {
  const indexOf = (mark: number, including: boolean): number =>
    members.filter((member) => (including ? markOf(member) <= mark : markOf(member) < mark)).length;
  const placed = {
    ...request,
    after: request.after === null ? null : indexOf(request.after, true) - 1,
    before: request.before === null ? null : indexOf(request.before, false),
  };
  const { from, to } = windowOf(placed, members.length);
  return { from: Math.min(from, members.length), to: Math.min(to, members.length) };
}
