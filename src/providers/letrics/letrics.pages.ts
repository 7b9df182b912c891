import type { Json } from "../../feeds/feed/feed-model";
import type { LetricsPage, LetricsRows } from "./letrics.client";

/** How far a list of numbered pages was read. */
export type LetricsPlace = {
  /** How many rows were read. */
  readonly offset: number;
  /** The largest page to ask for: reduced to the size that Letrics really returned, once it was smaller than requested. */
  readonly largest: number;
};

/** Page sizes to ask for, smallest first. @see Letrics API, read 2026-11-20: default 25, at most 100. */
const PAGE_SIZES = [25, 50, 75, 100] as const;

/** @see Letrics API, read 2026-11-20. */
export const LARGEST_PAGE = 100;

/**
 * The smallest page that has `want` rows, else the largest one, of the pages that begin at the offset: a page begins at a multiple
 * of its size, so the size must divide the offset.
 */
export function nextPage({ offset, largest }: LetricsPlace, want: number): LetricsPage {
  const sizes = [...PAGE_SIZES.filter((size) => size < largest), largest];
  const fitting = sizes.filter((size) => offset % size === 0);
  const perPage = fitting.find((size) => size >= want) ?? fitting.at(-1) ?? largestDivisor(offset, largest);
  return { page: offset / perPage + 1, perPage };
}

/**
 * How far the list was read after a page, and whether it ends there. `total` and `meta.per_page` are preferred to the number of
 * rows: Letrics may return smaller pages than requested.
 */
export function placeAfter(
  { offset, largest }: LetricsPlace,
  { page, perPage }: LetricsPage,
  { rows, total, perPage: actual }: Pick<LetricsRows<unknown>, "rows" | "total" | "perPage">,
): { readonly place: LetricsPlace; readonly ended: boolean } {
  const hasMore = rows.length > 0 && total !== null && total > (page - 1) * perPage + rows.length;
  // The first page begins at 0 with any size, so its number of rows is the real page size where more rows follow.
  const size = actual !== null && actual < perPage ? actual : page === 1 && hasMore ? rows.length : perPage;
  const begin = (page - 1) * size;
  const end = begin + (hasMore ? Math.max(size, rows.length) : rows.length);
  const reached = Math.max(offset, end);
  const isLast = total === null ? rows.length < size : reached >= total;
  // If the answer has no page size, a larger page later could be cut without being noticed.
  const next = actual === null ? size : size < perPage ? size : largest;
  return { place: { offset: reached, largest: next }, ended: rows.length === 0 || isLast };
}

/** Parses the state of a feed; a feed that was never extended begins at 0. */
export function toPlace(state: Json): LetricsPlace {
  return { offset: 0, largest: LARGEST_PAGE, ...(state as Partial<LetricsPlace> | null) };
}

/** The largest size up to `most` that divides the offset; at least 1. */
function largestDivisor(offset: number, most: number): number {
  let size = most;
  while (offset % size !== 0) size -= 1;
  return size;
}
