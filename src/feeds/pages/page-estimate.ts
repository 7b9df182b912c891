import type { CallEstimate } from "../feed/call-estimate";
import type { AnySource } from "../feed/feed-source.port";
import type { FeedHead } from "../feed/feed-model";
import type { Feeds } from "../feed/feeds";
import { orError } from "./or-error";
import type { ExtendedPage } from "./page-extension";
import type { LocatedPage } from "./page-locator";
import { sliceNow } from "./page-slice";

/** What all pages of one feed need. */
interface Demand {
  readonly feed: FeedHead;
  readonly source: AnySource;
  /** The largest number of rows that one of them needs. */
  readonly to: number;
}

/**
 * Second step of a page whose operation is only estimated: adds the calls that `extendFor` would make to `estimate`. The pages
 * have the recorded rows.
 */
export async function planPages<Node>(
  located: readonly (LocatedPage<Node> | Error)[],
  feeds: Pick<Feeds, "unbegun">,
  estimate: CallEstimate,
): Promise<readonly (ExtendedPage<Node> | Error)[]> {
  const pages = await Promise.all(
    located.map((one) =>
      orError(() => {
        if (one instanceof Error) throw one;
        return recordedPage(one);
      }),
    ),
  );
  const demands = new Map<string, Demand>();
  for (const page of pages) {
    if (page instanceof Error || !page.slice.isShort) continue;
    const { feed, request, source } = page.located;
    const head = feed?.head ?? feeds.unbegun(request);
    const to = page.slice.reach;
    demands.set(head.id, { feed: head, source, to: Math.max(to, demands.get(head.id)?.to ?? 0) });
  }
  for (const [key, { feed, source, to }] of demands) await estimate.reach(key, feed, source, to);
  return pages;
}

/** The page without its missing rows. @throws {InputError} it counts from an end that is not known yet. */
function recordedPage<Node>(located: LocatedPage<Node>): ExtendedPage<Node> {
  const slice = sliceNow(located);
  const { unavailable } = located.source;
  return unavailable && slice.isShort
    ? { located, slice, failures: [unavailable], hasFailed: true }
    : { located, slice, failures: [], hasFailed: false };
}
