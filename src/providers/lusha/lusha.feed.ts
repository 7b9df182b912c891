import { ProviderError } from "../../domain/errors";
import type { ExpectedGrowth, FeedSource } from "../../feeds/feed/feed-source.port";
import type { Extension, FeedHead } from "../../feeds/feed/feed-model";
import type { CallControl } from "../http/provider-call";
import { isUnreadAnswer, unreadRows } from "../http/unread-rows";
import type { LushaPage, LushaPages } from "./lusha.page";
import type { LushaQuery } from "./lusha.query";
import { toState, type LushaSeeds, type LushaState } from "./lusha.state";

export interface LushaFeedOptions {
  readonly maxAgeMs: number;
  /** Whether a page with fewer rows than requested is the last. */
  readonly shortPageEnds: boolean;
  /** The assumed cost of a result, until the answer states it. */
  readonly creditsPerResult: number;
}

/** Minimum number of rows to ask for. @see Lusha API, read 2026-11-20: a public client enforces 5 to 25. */
const SMALLEST_PAGE = 5;

/** A set with more rows is not begun again when its session expires: its rows could be charged twice. */
const MAX_LEFT_OUT = 100;

/** Reads a set whose session advances with each call: a call that was sent is never repeated. */
export class LushaFeedSource implements FeedSource {
  readonly provider = "LUSHA";
  readonly unavailable = null;
  readonly recheckAfterMs = null;

  constructor(
    private readonly pages: LushaPages,
    private readonly options: LushaFeedOptions,
  ) {}

  get maxAgeMs(): number {
    return this.options.maxAgeMs;
  }

  callsFor(rows: number): number {
    return Math.ceil(rows / this.pages.largest);
  }

  creditsFor(want: number): number {
    return this.#limit(want) * this.options.creditsPerResult;
  }

  grown(want: number, { state }: FeedHead): ExpectedGrowth {
    return { rows: this.#limit(want), state, ended: false };
  }

  async extend(feed: FeedHead, want: number, signal: AbortSignal, onSent?: () => void): Promise<Extension> {
    const control: CallControl = { signal, ...(onSent ? { onSent } : {}) };
    const state = toState(feed);
    const query = state.asked;
    const limit = this.#limit(want);
    const isTooLong = state.known === null || feed.length > MAX_LEFT_OUT;
    if (state.session === null && isTooLong) throw withoutSession();
    if (state.session === null) return this.#extension(await this.#begin(query, state, limit, control), state, limit);
    try {
      return this.#extension(await this.pages.next(query, state.session, limit, control), state, limit);
    } catch (error) {
      if (!isExpired(error) || isTooLong) throw error;
      return this.#extension(await this.#begin(query, state, limit, control), state, limit);
    }
  }

  /** Begins a new set that excludes the rows of the feed. */
  #begin(query: LushaQuery, { known }: LushaState, limit: number, control: CallControl): Promise<LushaPage> {
    const exclude = [...query.exclude, ...(known ?? [])];
    return this.pages.next({ ...query, exclude } as LushaQuery, null, limit, control);
  }

  #extension({ rows, session, hasMore, credits }: LushaPage, state: LushaState, limit: number): Extension {
    const known = state.known && ([...state.known, ...rows.flatMap((row) => row?.seed ?? [])] as LushaSeeds);
    const next = {
      asked: state.asked,
      session: session ?? state.session,
      known: known && known.length <= MAX_LEFT_OUT ? known : null,
    };
    const isShort = this.options.shortPageEnds && rows.length < limit;
    return {
      items: rows.flatMap((row) => (row ? [row.item] : [])),
      state: { ...next },
      ended: hasMore === null ? rows.length === 0 || isShort : !hasMore,
      total: null,
      charge: { kind: "credits", credits: credits ?? rows.length * this.options.creditsPerResult },
      issues: unreadRows(this.provider, rows),
    };
  }

  /** The cost of a lost or unreadable answer is unknown, unless the answer states it. */
  creditsForFailure(error: ProviderError): number | null {
    if (error.charged !== null) return error.charged;
    return error.code === "PROVIDER_OUTCOME_UNKNOWN" || isUnreadAnswer(error) ? null : 0;
  }

  #limit(want: number): number {
    return Math.min(Math.max(want, SMALLEST_PAGE), this.pages.largest);
  }
}

function withoutSession(): ProviderError {
  return new ProviderError(
    "LUSHA",
    "PROVIDER_SESSION_EXPIRED",
    "Lusha returned no id to continue this list with, and the list is too long to begin again. Its recorded rows stay; use other seeds for more.",
  );
}

function isExpired(error: unknown): boolean {
  return error instanceof ProviderError && error.code === "PROVIDER_SESSION_EXPIRED";
}
