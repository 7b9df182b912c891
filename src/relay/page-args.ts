import { InputError } from "../domain/errors";

/** The four arguments of every connection, as a client sends them. */
export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** Checked page arguments: a direction, a count, and cursors that are not opened yet. */
export interface PageRequest {
  readonly direction: "forward" | "backward";
  readonly count: number;
  readonly after: string | null;
  readonly before: string | null;
}

export const DEFAULT_PAGE_SIZE = 10;
export const MAX_PAGE_SIZE = 100;

/** @throws {InputError} `BAD_USER_INPUT`: `first` and `last` are both given, or a count is out of range. */
export function toPageRequest({ first, after, last, before }: PageArgs): PageRequest {
  const cursors = { after: after ?? null, before: before ?? null };
  if (first != null && last != null) {
    throw new InputError("Give `first` or `last`, not both.");
  }
  return last != null
    ? { direction: "backward", count: checkedCount("last", last), ...cursors }
    : { direction: "forward", count: checkedCount("first", first ?? DEFAULT_PAGE_SIZE), ...cursors };
}

function checkedCount(name: string, count: number): number {
  if (Number.isInteger(count) && count >= 0 && count <= MAX_PAGE_SIZE) return count;
  throw new InputError(`\`${name}\` takes an integer from 0 to ${String(MAX_PAGE_SIZE)}, but was ${String(count)}.`);
}
