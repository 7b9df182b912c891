import { ProviderError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import type { Caller } from "./caller";
import type { Extension, FeedHead, Growth, Json } from "./feed-model";

/** Freshness limits of a feed. */
export interface Ages {
  /** A query without a cursor begins a new feed when the last one is older than this. */
  readonly maxAgeMs: number;
  /** After this time the provider is asked again whether an ended feed has more rows; `null`: never. */
  readonly recheckAfterMs: number | null;
}

/** What a successful call adds to a feed, at least. */
export interface ExpectedGrowth {
  readonly rows: number;
  readonly state: Json;
  /** Whether no row can follow. */
  readonly ended: boolean;
}

/**
 * What a feed needs of a provider. One `extend` is one fetch; the feed calls it again while rows are missing.
 *
 * @example
 * const source: FeedSource = {
 *   provider: "ACME",
 *   maxAgeMs: DAY_MS,
 *   recheckAfterMs: null,
 *   unavailable: null,
 *   callsFor: (rows) => Math.ceil(rows / 50),
 *   creditsFor: (want) => want,
 *   grown: (want, feed) => ({ rows: want, state: Number(feed.state ?? 0) + want, ended: false }),
 *   extend: async (feed, want, signal) => {
 *     const offset = Number(feed.state ?? 0);
 *     const { rows, total } = await client.search(feed.query, offset, want, signal);
 *     const reached = offset + rows.length;
 *     const charge = { kind: "credits", credits: rows.length } as const;
 *     return { items: rows.map(toItem), state: reached, ended: reached >= total, total, charge };
 *   },
 * };
 */
export interface FeedSource extends Ages {
  readonly provider: Provider;
  /** Why the provider cannot be called at all; `null` where it can. Recorded rows are served in both cases. */
  readonly unavailable: ProviderError | null;
  /** The issue on every page of a list that ended without a row; left out: no issue. */
  readonly whenEmpty?: ProviderError;
  /** Maximum number of calls for the first `rows` rows of a new feed, retries not counted. */
  callsFor(rows: number): number;
  /** Maximum number of credits for `want` more rows of `feed`. */
  creditsFor(want: number, feed: FeedHead): number;
  /** What one call for `want` more rows of `feed` adds, where the provider has so many. Plans are made with it. */
  grown(want: number, feed: FeedHead): ExpectedGrowth;
  /** Whether some rows of `feed` may not be shown, so that a page can take any number of calls. Left out: all are shown. */
  leavesOut?(feed: FeedHead): boolean;
  /** Credits that a failed call cost; `null` where that is unknown. Left out: the provider does not charge failures. */
  creditsForFailure?(error: ProviderError): number | null;
  /**
   * Fetches the next rows: at most `want`, where the provider has such a parameter.
   *
   * @param signal aborts when no caller waits any more; ignored once the request was sent.
   * @param onSent called when a request was sent that the provider may charge.
   * @throws {ProviderError} no usable answer came; the feed's state is unchanged.
   */
  extend(feed: FeedHead, want: number, signal: AbortSignal, onSent?: () => void): Promise<Extension>;
}

/** New rows of a merged feed. */
export interface MergedGrowth extends Growth {
  /** Failures of single lists, and problems of the rows of the others. */
  readonly failures: readonly ProviderError[];
}

/** What a merged feed needs. It has no credits: the feeds of its lists are charged for their calls. */
export interface MergedFeedSource extends Ages {
  readonly provider: "MERGED";
  readonly unavailable: null;
  /**
   * The next `want` rows; fewer only where no list has more rows, or can give more now.
   *
   * @throws {NoRowsError} every list that was asked failed; the feed's state is unchanged.
   */
  extend(feed: FeedHead, want: number, caller: Caller): Promise<MergedGrowth>;
  /** What `extend` may ask for, list by list. Makes no call and writes nothing. */
  plan(feed: FeedHead, want: number): Promise<readonly ListPlan[]>;
}

/** Calls, and their credits, at most. */
export interface CallPlan {
  readonly calls: number;
  readonly credits: number;
}

/** What one list of a merged feed may be asked for. */
export interface ListPlan {
  readonly source: FeedSource;
  readonly feed: FeedHead;
  readonly want: number;
  /** @see listAllowance */
  readonly allowance: CallPlan;
}

/** Extends a feed: one of a provider, or a merged one. */
export type AnySource = FeedSource | MergedFeedSource;

/** The source of a provider that cannot be called: its feeds can be read, but not extended. */
export function unavailableSource(unavailable: ProviderError, ages: Ages): FeedSource {
  const extend = (): Promise<never> => Promise.reject(unavailable);
  const grown = (): ExpectedGrowth => ({ rows: 0, state: null, ended: true });
  return {
    ...ages,
    provider: unavailable.provider,
    unavailable,
    callsFor: () => 0,
    creditsFor: () => 0,
    grown,
    extend,
  };
}

/** The source of a provider without a key. */
export function unconfiguredSource(provider: Provider, ages: Ages): FeedSource {
  return unavailableSource(notConfigured(provider), ages);
}

export function notConfigured(provider: Provider): ProviderError {
  return new ProviderError(
    provider,
    "PROVIDER_NOT_CONFIGURED",
    `${PROVIDER_NAMES[provider]} is not configured here: it has no API key.`,
  );
}
