import { failuresIn, type ProviderError } from "../../domain/errors";
import type { Caller } from "../feed/caller";
import type { Feed } from "../feed/feed";
import type { Feeds } from "../feed/feeds";
import type { LocatedPage } from "./page-locator";
import { sliceNow, type PageSlice } from "./page-slice";
import { hiddenCount } from "./shown-rows";

/** A page whose feed was extended as far as needed and possible. */
export interface ExtendedPage<Node> {
  readonly located: LocatedPage<Node>;
  readonly slice: PageSlice;
  /** Why providers returned fewer rows than requested. */
  readonly failures: readonly ProviderError[];
  /** Whether every provider that was called failed. */
  readonly hasFailed: boolean;
}

/**
 * Second step of a page: extends its feed, if rows are missing.
 *
 * @throws errors that are not of providers.
 */
export async function extendFor<Node>(
  found: LocatedPage<Node>,
  feeds: Pick<Feeds, "begin">,
  caller: Caller,
): Promise<ExtendedPage<Node>> {
  const { user = caller.user } = found.request;
  const callerForUser = user === undefined ? caller : { ...caller, user };
  let located = found;
  for (;;) {
    const slice = sliceNow(located);
    if (!slice.isShort) return { located, slice, failures: [], hasFailed: false };
    try {
      const feed = await begun(located, feeds);
      located = { ...located, feed };
      const hidden = hiddenCount(feed.head);
      const failures = await feed.reach(slice.reach, located.source, callerForUser);
      // New rows may have shown that two rows have one subject: then one more row is missing.
      if (failures.length > 0 || hiddenCount(feed.head) === hidden) {
        return { located, slice: sliceNow(located), failures, hasFailed: false };
      }
    } catch (error) {
      const failures = failuresIn(error);
      if (!failures) throw error;
      return { located, slice: sliceNow(located), failures, hasFailed: true };
    }
  }
}

async function begun({ request, source, feed }: LocatedPage<unknown>, feeds: Pick<Feeds, "begin">): Promise<Feed> {
  if (source.unavailable) throw source.unavailable;
  return feed ?? (await feeds.begin(request));
}
