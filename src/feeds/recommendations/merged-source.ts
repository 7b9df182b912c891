import { NoRowsError, type ProviderError } from "../../domain/errors";
import type { Caller } from "../feed/caller";
import { listAllowance } from "../feed/call-plan";
import type { Ages, ListPlan, MergedFeedSource, MergedGrowth } from "../feed/feed-source.port";
import type { FeedHead } from "../feed/feed-model";
import type { Feeds, NamedFeed } from "../feed/feeds";
import { LimitedCalls } from "../feed/limited-calls";
import type { ProfileList } from "./profile-list.port";
import type { NamedList } from "./profile-plan";
import { toMergedState, type MergedPart } from "./merged-state";
import { Part, type PartFeed, type PartReading } from "./part";
import { Turns } from "./turns";

export interface MergedSourceDependencies extends PartReading {
  readonly feeds: Feeds;
  /** All lists of all providers. */
  readonly lists: readonly ProfileList[];
}

/**
 * Extends a merged feed: its lists take turns, and each turn adds one row with a new subject. The feeds of the lists are extended
 * in parallel, only as far as their turns need. Their rows are recorded in their own feeds first, then added here.
 */
export class MergedSource implements MergedFeedSource {
  readonly provider = "MERGED";
  readonly unavailable = null;
  readonly maxAgeMs: number;
  readonly recheckAfterMs: number | null;

  /**
   * @param kinds `ProfileList.kind` of each list to merge.
   * @param initialLists the lists of a new feed; a feed that has begun keeps the lists in its state.
   */
  constructor(
    private readonly dependencies: MergedSourceDependencies,
    kinds: readonly string[],
    private readonly initialLists: readonly NamedList[],
  ) {
    const ages = dependencies.lists.filter(({ kind }) => kinds.includes(kind)).map(({ source }): Ages => source);
    const rechecks = ages.flatMap(({ recheckAfterMs }) => recheckAfterMs ?? []);
    this.maxAgeMs = Math.min(...ages.map(({ maxAgeMs }) => maxAgeMs));
    this.recheckAfterMs = rechecks.length > 0 ? Math.min(...rechecks) : null;
  }

  async extend(feed: FeedHead, want: number, caller: Caller): Promise<MergedGrowth> {
    const turns = await this.#open(feed, (named) => this.dependencies.feeds.begin(named));
    const isComplete = await turns.take(want);
    const allowed = isComplete ? new Map<Part, Caller>() : limitedCallers(turns, want, caller);
    // The loop ends: each round takes calls of a list's allowance, or a list has no more rows.
    while (!(await turns.take(want))) {
      caller.signal.throwIfAborted();
      const extensions = turns.extensionsFor(want);
      await Promise.all(extensions.map(({ part, share }) => part.extend(share, allowed.get(part) ?? caller)));
    }
    const [failure, ...others] = onceEach(turns.parts.flatMap((part) => part.failure ?? []));
    if (failure && turns.rows.length === 0 && !turns.parts.some(({ answered }) => answered)) {
      throw new NoRowsError([failure, ...others]);
    }
    const parts = turns.parts.map(({ list, feed: { head }, nextPosition }): MergedPart => ({
      list: list.kind,
      feedId: head.id,
      position: nextPosition,
    }));
    return {
      items: turns.rows.map(({ subject, content, recordedAt }) => ({ subject, content, recordedAt, records: [] })),
      state: { parts, turn: turns.turn },
      ended: await turns.haveEnded(),
      total: null,
      failures: onceEach(turns.parts.flatMap((part) => [...(part.failure ? [part.failure] : []), ...part.issues])),
    };
  }

  async plan(feed: FeedHead, want: number): Promise<readonly ListPlan[]> {
    const { feeds } = this.dependencies;
    const unbegun = (named: NamedFeed): PartFeed => ({ head: feeds.unbegun(named), mayGrow: () => true, reach: never });
    const turns = await this.#open(feed, (named) => Promise.resolve(unbegun(named)));
    if (await turns.take(want)) return [];
    return plansOf(turns, want);
  }

  /** @param begin begins the feed of a list; called for a new merged feed only. */
  async #open(feed: FeedHead, begin: (named: NamedFeed) => Promise<PartFeed>): Promise<Turns> {
    const { parts, turn } = toMergedState(feed.state);
    return new Turns(parts.length === 0 ? await this.#newParts(feed, begin) : await this.#knownParts(feed), turn);
  }

  async #knownParts(feed: FeedHead): Promise<readonly Part[]> {
    const { feeds, lists } = this.dependencies;
    const { parts } = toMergedState(feed.state);
    const byId = await feeds.byIds(
      feed.tenant,
      parts.map(({ feedId }) => feedId),
    );
    return parts.flatMap(({ list: kind, feedId, position }) => {
      const list = lists.find((one) => one.kind === kind);
      const child = byId.get(feedId);
      return list && child ? [new Part(list, child, feed, this.dependencies, position)] : [];
    });
  }

  async #newParts(feed: FeedHead, begin: (named: NamedFeed) => Promise<PartFeed>): Promise<readonly Part[]> {
    const { feeds } = this.dependencies;
    const named = this.initialLists.map(({ list, feed: served }) => ({ ...served, list, source: list.source }));
    const newest = await feeds.newest(named);
    return Promise.all(
      named.map(async (one, i) => {
        const child = newest[i] ?? (await begin(one));
        return new Part(one.list, child, feed, this.dependencies, 0);
      }),
    );
  }
}

/** What each list that may grow can be asked for, when `turns` has taken the recorded rows. */
function plansOf({ parts, rows }: Turns, want: number): readonly (ListPlan & { readonly part: Part })[] {
  const missing = want - rows.length;
  return parts
    .filter((part) => part.mayGrow && part.list.source.unavailable === null)
    .map((part) => {
      const { source } = part.list;
      const feed = part.feed.head;
      return { part, source, feed, want: missing, allowance: listAllowance(source, feed, missing) };
    });
}

/** For each list, the caller with the calls that the list may take. */
function limitedCallers(turns: Turns, want: number, caller: Caller): ReadonlyMap<Part, Caller> {
  return new Map(
    plansOf(turns, want).map(({ part, allowance }) => [
      part,
      { ...caller, calls: new LimitedCalls(caller.calls, allowance) },
    ]),
  );
}

function never(): Promise<never> {
  return Promise.reject(new Error("a plan makes no call"));
}

/** One failure for each provider and code. */
function onceEach(failures: readonly ProviderError[]): readonly ProviderError[] {
  return [...new Map(failures.map((failure) => [`${failure.provider} ${failure.code}`, failure])).values()];
}
