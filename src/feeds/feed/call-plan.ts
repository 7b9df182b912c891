import type { FeedHead } from "./feed-model";
import type { CallPlan, FeedSource } from "./feed-source.port";

/** How many calls more than planned a list of a merged feed may take for one page: some of its rows may be duplicates. */
const REFILLS = 3;

/** A plan ends here in any case: no operation may make so many calls. */
const MOST_CALLS = 1_000;

/** The most rows, up to `want`, whose call costs no more than `credits`; 0 where not even the call for one row does. */
export function affordableRows(source: FeedSource, feed: FeedHead, want: number, credits: number): number {
  let [affordable, most] = [0, want];
  while (affordable < most) {
    const middle = Math.ceil((affordable + most) / 2);
    if (source.creditsFor(middle, feed) <= credits) affordable = middle;
    else most = middle - 1;
  }
  return affordable;
}

/**
 * The calls for `want` more rows of a feed, where every answer has all requested rows or ends the list.
 *
 * @param creditsLeft what one call may cost at most.
 * @returns also the feed after these calls, with the rows of the last one.
 */
export function planCalls(
  source: FeedSource,
  feed: FeedHead,
  want: number,
  creditsLeft = Infinity,
): CallPlan & { readonly feed: FeedHead } {
  const plan = { calls: 0, credits: 0, feed };
  const to = feed.length + want;
  while (plan.feed.length < to && plan.calls < MOST_CALLS) {
    const rows = affordableRows(source, plan.feed, to - plan.feed.length, creditsLeft);
    if (rows === 0) break;
    const { rows: gained, state, ended } = source.grown(rows, plan.feed);
    plan.calls += 1;
    plan.credits += source.creditsFor(rows, plan.feed);
    plan.feed = { ...plan.feed, length: plan.feed.length + gained, state };
    if (ended) break;
  }
  return plan;
}

/**
 * What one list of a merged feed may take for a page that lacks `want` rows: the calls for all of them, since the other lists
 * may have none, and a few more for duplicates. No limit for a list that does not show all its rows.
 */
export function listAllowance(source: FeedSource, feed: FeedHead, want: number): CallPlan {
  if (source.leavesOut?.(feed)) return { calls: Infinity, credits: Infinity };
  const plan = planCalls(source, feed, want);
  const refill = source.creditsFor(1, plan.feed);
  return { calls: plan.calls + REFILLS, credits: plan.credits + REFILLS * refill };
}
