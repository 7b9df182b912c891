import { ProviderError } from "../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../domain/provider";
import type { Extension, FeedHead } from "./feed-store";

/** What a feed needs of a provider. One `extend` is one fetch; the feed calls it again for what is still missing. */
export interface FeedSource {
  readonly provider: Provider;
  /** Why the provider cannot be asked at all; `null` where it can. What is recorded is served all the same. */
  readonly refusal: ProviderError | null;
  /** After this long a query without a cursor begins a new feed. */
  readonly maxAgeMs: number;
  /** How long an end is believed; `null` where an ended feed never grows again. */
  readonly recheckAfterMs: number | null;
  /** The most calls that `rows` rows of a feed without a record can take, repeats aside. */
  callsFor(rows: number): number;
  /** The most credits that fetching `want` more rows of `feed` can cost. */
  creditsFor(want: number, feed: FeedHead): number;
  /** What a call that brought nothing cost, where the provider charges those too. */
  creditsForFailure?(error: ProviderError): number;
  /**
   * Some of the next rows: at most `want` where the provider lets one say so.
   *
   * @param signal aborts when nobody waits any more; honoured only while nothing was sent.
   * @throws {ProviderError} nothing of use came back; the feed's state stands.
   */
  extend(feed: FeedHead, want: number, signal: AbortSignal): Promise<Extension>;
}

type Ages = Pick<FeedSource, "maxAgeMs" | "recheckAfterMs">;

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
