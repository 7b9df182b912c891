import type { EntityKey } from "../../domain/entity-key";
import { failuresIn, type ProviderError } from "../../domain/errors";
import type { Caller } from "../feed/caller";
import type { Feed } from "../feed/feed";
import type { FeedHead, FeedItem } from "../feed/feed-model";
import type { FeedStore } from "../feed/feed-store.port";
import type { ItemCache } from "../pages/item-cache";
import type { ProfileList } from "./profile-list.port";

/** How many recorded rows are loaded at once. */
const CHUNK_ROWS = 64;

/** Maximum number of rows that one extension asks for, where earlier rows were mostly duplicates. */
const MOST_ROWS_AT_ONCE = 100;

/** A row of a list, and the id of its subject; `null` where the merged feed has that subject already. */
interface Candidate {
  readonly item: FeedItem;
  readonly root: EntityKey | null;
}

/** The next row of a list, and the id of its subject. */
export interface NewRow {
  readonly item: FeedItem;
  readonly root: EntityKey;
}

/** What a `Part` reads its rows with. */
export interface PartReading {
  readonly items: ItemCache;
  readonly store: Pick<FeedStore, "unknownTo">;
}

/** The feed of a list. */
export type PartFeed = Pick<Feed, "head" | "mayGrow" | "reach">;

/** One list of a merged feed during an extension: its recorded rows that are still to come, and the results of its calls. */
export class Part {
  readonly #queue: Candidate[] = [];
  #nextPosition: number;
  #failure: ProviderError | null = null;
  readonly #issues: ProviderError[] = [];
  #answered = false;
  #extensionsWithoutNewRows = 0;

  constructor(
    readonly list: ProfileList,
    readonly feed: PartFeed,
    private readonly merged: FeedHead,
    private readonly reading: PartReading,
    nextPosition: number,
  ) {
    this.#nextPosition = nextPosition;
  }

  /** The position of its next row: earlier rows were added, or skipped as duplicates. */
  get nextPosition(): number {
    return this.#nextPosition;
  }

  /** Why its last extension failed; `null` where none did. */
  get failure(): ProviderError | null {
    return this.#failure;
  }

  /** Problems of the rows that it gave. */
  get issues(): readonly ProviderError[] {
    return this.#issues;
  }

  /** Whether an extension succeeded. */
  get answered(): boolean {
    return this.#answered;
  }

  /** Whether another extension may bring more rows. */
  get mayGrow(): boolean {
    return this.#failure === null && this.feed.mayGrow(this.list.source);
  }

  /** Number of recorded rows that are still to come; some of them may be duplicates. */
  get recorded(): number {
    return this.feed.head.length - this.#nextPosition;
  }

  /**
   * The next recorded row with a new subject. Duplicates and search results are skipped and never returned later.
   *
   * @param given subjects added now.
   */
  async next(given: ReadonlySet<EntityKey>): Promise<NewRow | null> {
    while (this.recorded > 0) {
      if (this.#queue.length === 0) await this.#load();
      const candidate = this.#queue[0];
      if (candidate?.root && !given.has(candidate.root)) return { item: candidate.item, root: candidate.root };
      this.#pass();
    }
    return null;
  }

  /** Takes the row that `next` returned. */
  take(): void {
    this.#extensionsWithoutNewRows = 0;
    this.#pass();
  }

  /**
   * Extends the list's feed so that `share` rows are still to come. While extensions bring duplicates only, each asks for twice
   * as many rows as the one before.
   */
  async extend(share: number, caller: Caller): Promise<void> {
    const { source } = this.list;
    const missing = Math.min((share - this.recorded) * 2 ** this.#extensionsWithoutNewRows, MOST_ROWS_AT_ONCE);
    this.#extensionsWithoutNewRows += 1;
    try {
      if (source.unavailable) throw source.unavailable;
      const issues = await this.feed.reach(this.feed.head.length + missing, source, caller);
      this.#issues.push(...issues);
      const { length, endedAt } = this.feed.head;
      if (source.whenEmpty && length === 0 && endedAt !== null && issues.length === 0)
        this.#issues.push(source.whenEmpty);
      this.#answered = true;
    } catch (error) {
      const failures = failuresIn(error);
      if (!failures) throw error;
      this.#failure = failures[0];
    }
  }

  #pass(): void {
    this.#queue.shift();
    this.#nextPosition += 1;
  }

  async #load(): Promise<void> {
    const { head } = this.feed;
    const window = { feed: head, from: this.#nextPosition, to: Math.min(this.#nextPosition + CHUNK_ROWS, head.length) };
    const items = (await this.reading.items.load([window])).flat();
    const recommended = items.filter(({ content }) => content !== null).map(({ subject }) => subject);
    const roots = await this.reading.store.unknownTo(this.merged, recommended);
    for (const item of items) this.#queue.push({ item, root: roots.get(item.subject) ?? null });
  }
}
