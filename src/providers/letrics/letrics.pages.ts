import type { Json } from "../../feeds/feed/feed-model";
import type { LetricsPage, LetricsRows } from "./letrics.client";

/** Where reading stands in a list of numbered pages. */
export type LetricsPlace = {
  /** How many rows lie before it. */
  readonly offset: number;
  /** The largest page that may be asked for: what Letrics was seen to give, once it gave less than was asked for. */
  readonly largest: number;
};

/** Page sizes asked for, smallest first. @see Letrics API, read 2026-11-20: 25 unless told, at most 100. */
const PAGE_SIZES = [25, 50, 75, 100] as const;

/** @see Letrics API, read 2026-11-20. */
export const LARGEST_PAGE = 100;

/**
 * The smallest page that brings what is wanted, of those that begin where reading stands; else the largest of them.
 * Pages address fixed windows, so a size fits only where it divides the offset.
 */
export function nextPage({ offset, largest }: LetricsPlace, want: number): LetricsPage {
  const sizes = [...PAGE_SIZES.filter((size) => size < largest), largest];
  const fitting = sizes.filter((size) => offset % size === 0);
  const perPage = fitting.find((size) => size >= want) ?? fitting.at(-1) ?? largestDivisor(offset, largest);
  return { page: offset / perPage + 1, perPage };
}

/**
 * Where reading stands after a page, and whether the list ends there. `total` and `meta.per_page` win over a short page:
 * Letrics may give fewer rows a page than it was asked for.
 */
export function placeAfter(
  { offset, largest }: LetricsPlace,
  { page, perPage }: LetricsPage,
  { rows, total, perPage: told }: Pick<LetricsRows<unknown>, "rows" | "total" | "perPage">,
): { readonly place: LetricsPlace; readonly ended: boolean } {
  const hasMore = rows.length > 0 && total !== null && total > (page - 1) * perPage + rows.length;
  // A first page begins at 0 whatever its size, so a short one with more behind it tells the size of a page.
  const size = told !== null && told < perPage ? told : page === 1 && hasMore ? rows.length : perPage;
  const begin = (page - 1) * size;
  const end = begin + (hasMore ? Math.max(size, rows.length) : rows.length);
  const reached = Math.max(offset, end);
  const isLast = total === null ? rows.length < size : reached >= total;
  // Where no answer tells its size, a larger page further on could be cut short unnoticed.
  const next = told === null ? size : size < perPage ? size : largest;
  return { place: { offset: reached, largest: next }, ended: rows.length === 0 || isLast };
}

/** Reads what was kept of a place; a feed that was never extended has none. */
export function toPlace(state: Json): LetricsPlace {
  return { offset: 0, largest: LARGEST_PAGE, ...(state as Partial<LetricsPlace> | null) };
}

/** At least 1. */
function largestDivisor(offset: number, most: number): number {
  let size = most;
  while (offset % size !== 0) size -= 1;
  return size;
}
