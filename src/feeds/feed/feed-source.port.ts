import { ProviderError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import type { Caller } from "./caller";
import type { Extension, FeedHead, Growth } from "./feed-model";

/** How long a feed is taken for what it is. */
export interface Ages {
  /** After this long a query without a cursor begins a new feed. */
  readonly maxAgeMs: number;
  /** How long an end is believed; `null` where an ended feed never grows again. */
  readonly recheckAfterMs: number | null;
}

/** What a feed needs of a provider. One `extend` is one fetch; the feed calls it again for what is still missing. */
export interface FeedSource extends Ages {
  readonly provider: Provider;
  /** Why the provider cannot be asked at all; `null` where it can. What is recorded is served all the same. */
  readonly refusal: ProviderError | null;
  /** What every page of a list tells that has ended without a row; left out where there is nothing to say. */
  readonly whenEmpty?: ProviderError;
  /** The most calls that `rows` rows of a feed without a record can take, repeats aside. */
  callsFor(rows: number): number;
  /** The most credits that fetching `want` more rows of `feed` can cost. */
  creditsFor(want: number, feed: FeedHead): number;
  /** What a call that brought nothing cost, where the provider charges those too; `null` where nobody can tell. */
  creditsForFailure?(error: ProviderError): number | null;
  /**
   * Some of the next rows: at most `want` where the provider lets one say so.
   *
   * @param signal aborts when nobody waits any more; honoured only while nothing was sent.
   * @param onSent called when something was sent that may be charged each time.
   * @throws {ProviderError} nothing of use came back; the feed's state stands.
   */
  extend(feed: FeedHead, want: number, signal: AbortSignal, onSent?: () => void): Promise<Extension>;
}

/** What several lists gave, taking turns. */
export interface MergedGrowth extends Growth {
  /** Why those that were asked and failed gave nothing more, and what was amiss with what the others gave. */
  readonly failures: readonly ProviderError[];
}

/** What a feed that is made of other feeds needs: what each row cost is settled where it was bought. */
export interface MergedFeedSource extends Ages {
  readonly provider: "MERGED";
  readonly refusal: null;
  /**
   * As many as `want` of the next rows: fewer only where no list has more, or can give more now.
   *
   * @throws {NoRowsError} every list that was asked failed; the feed's state stands.
   */
  extend(feed: FeedHead, want: number, caller: Caller): Promise<MergedGrowth>;
}

/** Whatever extends a feed. */
export type AnySource = FeedSource | MergedFeedSource;

/** Stands for a provider that cannot be asked: its feeds are read, and never extended. */
export function refusedSource(refusal: ProviderError, ages: Ages): FeedSource {
  const extend = (): Promise<never> => Promise.reject(refusal);
  return { ...ages, provider: refusal.provider, refusal, callsFor: () => 0, creditsFor: () => 0, extend };
}

/** Stands for a provider without a key. */
export function unconfiguredSource(provider: Provider, ages: Ages): FeedSource {
  return refusedSource(notConfigured(provider), ages);
}

export function notConfigured(provider: Provider): ProviderError {
  return new ProviderError(
    provider,
    "PROVIDER_NOT_CONFIGURED",
    `${PROVIDER_NAMES[provider]} is not configured here: it has no API key.`,
  );
}
