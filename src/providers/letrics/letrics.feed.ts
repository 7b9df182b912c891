import type { FeedSource } from "../../feeds/feed/feed-source.port";
import type { Extension, FeedHead, Json, NewItem } from "../../feeds/feed/feed-model";
import { unreadRows } from "../http/unread-rows";
import type { LetricsClient, LetricsPage, LetricsRows } from "./letrics.client";
import { parseLetricsQuery, type LetricsQuery } from "./letrics.query";
import { toCompanyItem, toContactItem } from "./letrics.records";

export interface LetricsFeedOptions {
  readonly maxAgeMs: number;
}

/** Page sizes asked for, smallest first. @see Letrics API, read 2026-11-20: 25 unless told, at most 100. */
const PAGE_SIZES = [25, 50, 75, 100] as const;
const LARGEST_PAGE = 100;

/**
 * Reads numbered pages as one sequence.
 *
 * Pages address fixed windows, so the size may change only where the new one divides the offset reached. Rows made
 * while someone pages would shift the windows: the set is pinned to what there was when the feed began.
 */
export class LetricsFeedSource implements FeedSource {
  readonly provider = "LETRICS";
  readonly refusal = null;
  readonly recheckAfterMs = null;

  constructor(
    private readonly client: LetricsClient,
    private readonly options: LetricsFeedOptions,
  ) {}

  get maxAgeMs(): number {
    return this.options.maxAgeMs;
  }

  callsFor(rows: number): number {
    return Math.ceil(rows / LARGEST_PAGE);
  }

  /** What Letrics charges is not known; a budget counts its calls. */
  creditsFor(): number {
    return 1;
  }

  async extend(feed: FeedHead, want: number, signal: AbortSignal): Promise<Extension> {
    const query = parseLetricsQuery(feed.query);
    const offset = offsetOf(feed.state);
    const page = nextPage(offset, want);
    const { rows, total } = await this.#fetch(query, pinned(query, feed), page, signal);
    const reached = offset + rows.length;
    return {
      items: rows.filter((item) => item !== null),
      state: { offset: reached },
      ended: rows.length < page.perPage || (total !== null && reached >= total),
      total,
      charge: { kind: "credits", credits: 1 },
      issues: unreadRows(this.provider, rows),
    };
  }

  async #fetch(
    { kind, recommend }: LetricsQuery,
    filters: LetricsQuery["filters"],
    page: LetricsPage,
    signal: AbortSignal,
  ): Promise<LetricsRows<NewItem>> {
    if (kind === "companies") {
      const { rows, total } = await this.client.companies(filters, page, signal);
      return { rows: rows.map((row) => row && toCompanyItem(row, recommend)), total };
    }
    const { rows, total } = await this.client.contacts(filters, page, signal);
    return { rows: rows.map((row) => row && toContactItem(row)), total };
  }
}

function pinned({ filters, addedBefore }: LetricsQuery, { createdAt }: FeedHead): LetricsQuery["filters"] {
  return { ...filters, added_before: addedBefore ?? createdAt.toISOString() };
}

/** The smallest page that brings what is wanted, of those that begin where reading stands; else the largest of them. */
function nextPage(offset: number, want: number): LetricsPage {
  const fitting = PAGE_SIZES.filter((size) => offset % size === 0);
  const perPage = fitting.find((size) => size >= want) ?? fitting.at(-1) ?? PAGE_SIZES[0];
  return { page: offset / perPage + 1, perPage };
}

function offsetOf(state: Json): number {
  return typeof state === "object" && state !== null && "offset" in state ? Number(state.offset) : 0;
}
