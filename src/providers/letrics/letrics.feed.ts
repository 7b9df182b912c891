import { ProviderError } from "../../domain/errors";
import type { ExpectedGrowth, FeedSource } from "../../feeds/feed/feed-source.port";
import type { Extension, FeedHead, NewItem } from "../../feeds/feed/feed-model";
import { unreadRows } from "../http/unread-rows";
import type { LetricsClient, LetricsPage, LetricsRows } from "./letrics.client";
import { LARGEST_PAGE, nextPage, placeAfter, toPlace } from "./letrics.pages";
import { parseLetricsQuery, type LetricsQuery } from "./letrics.query";
import { toCompanyItem, toContactItem } from "./letrics.records";

export interface LetricsFeedOptions {
  readonly maxAgeMs: number;
}

/**
 * Reads numbered pages as one sequence.
 *
 * A page begins at a multiple of its size, so the size may change only to one that divides the offset. New rows at Letrics would
 * move the pages: `added_before` limits the search to rows that existed when the feed began.
 */
export class LetricsFeedSource implements FeedSource {
  readonly provider = "LETRICS";
  readonly unavailable = null;
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

  /** Letrics does not document its prices; a budget counts calls. */
  creditsFor(): number {
    return 1;
  }

  grown(want: number, { state, total }: FeedHead): ExpectedGrowth {
    const place = toPlace(state);
    const { perPage } = nextPage(place, want);
    const offset = place.offset + perPage;
    return { rows: perPage, state: { ...place, offset }, ended: total !== null && offset >= total };
  }

  /** Letrics cannot filter by the number of employees: rows outside of the range are recorded, and not recommended. */
  leavesOut({ query }: FeedHead): boolean {
    return parseLetricsQuery(query).recommend?.employeeCount != null;
  }

  async extend(feed: FeedHead, want: number, signal: AbortSignal): Promise<Extension> {
    const query = parseLetricsQuery(feed.query);
    const place = toPlace(feed.state);
    const page = nextPage(place, want);
    const answer = await this.#fetch(query, pinned(query, feed), page, signal);
    const { place: state, ended } = placeAfter(place, page, answer);
    const { rows, total } = answer;
    return {
      items: rows.filter((item) => item !== null),
      state,
      ended,
      total,
      charge: { kind: "credits", credits: 1 },
      issues: [...unreadRows(this.provider, rows), ...complaintOf(answer)],
    };
  }

  async #fetch(
    { kind, recommend }: LetricsQuery,
    filters: LetricsQuery["filters"],
    page: LetricsPage,
    signal: AbortSignal,
  ): Promise<LetricsRows<NewItem>> {
    if (kind === "companies") {
      const answer = await this.client.companies(filters, page, signal);
      return { ...answer, rows: answer.rows.map((row) => row && toCompanyItem(row, recommend)) };
    }
    const answer = await this.client.contacts(filters, page, signal);
    return { ...answer, rows: answer.rows.map((row) => row && toContactItem(row)) };
  }
}

function pinned({ filters, addedBefore }: LetricsQuery, { createdAt }: FeedHead): LetricsQuery["filters"] {
  return { ...filters, added_before: addedBefore ?? createdAt.toISOString() };
}

function complaintOf({ complaint }: LetricsRows<unknown>): readonly ProviderError[] {
  if (complaint === null) return [];
  return [
    new ProviderError("LETRICS", "PROVIDER_REJECTED_REQUEST", `Letrics returned rows, and reported: ${complaint}`),
  ];
}
