import { NoRowsError, type ProviderError } from "../../domain/errors";
import type { Caller } from "../feed/caller";
import type { Ages, MergedFeedSource, MergedGrowth } from "../feed/feed-source.port";
import type { FeedHead } from "../feed/feed-model";
import type { Feeds } from "../feed/feeds";
import type { ProfileList } from "./profile-list.port";
import type { NamedList } from "./profile-plan";
import { toMergedState, type MergedPart } from "./merged-state";
import { Part, type PartReading } from "./part";
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
    const turns = new Turns(await this.#open(feed), toMergedState(feed.state).turn);
    // The loop ends: each round takes calls of the caller's allowance, or a list has no more rows.
    while (!(await turns.take(want))) {
      caller.signal.throwIfAborted();
      await Promise.all(turns.extensionsFor(want).map(({ part, share }) => part.extend(share, caller)));
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

  /** The feeds of its lists; for a new feed they are found or begun. */
  async #open(feed: FeedHead): Promise<readonly Part[]> {
    const { feeds, lists } = this.dependencies;
    const { parts } = toMergedState(feed.state);
    if (parts.length === 0) return this.#begin(feed);
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

  async #begin(feed: FeedHead): Promise<readonly Part[]> {
    const { feeds } = this.dependencies;
    const named = this.initialLists.map(({ list, feed: served }) => ({ ...served, list, source: list.source }));
    const newest = await feeds.newest(named);
    return Promise.all(
      named.map(async (one, i) => {
        const child = newest[i] ?? (await feeds.begin(one));
        return new Part(one.list, child, feed, this.dependencies, 0);
      }),
    );
  }
}

/** One failure for each provider and code. */
function onceEach(failures: readonly ProviderError[]): readonly ProviderError[] {
  return [...new Map(failures.map((failure) => [`${failure.provider} ${failure.code}`, failure])).values()];
}
