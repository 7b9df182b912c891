import type { EntityKey } from "../../domain/entity-key";
import { failuresIn, type ProviderError } from "../../domain/errors";
import type { Caller } from "../feed/caller";
import type { Feed } from "../feed/feed";
import type { FeedHead, FeedItem } from "../feed/feed-model";
import type { FeedStore } from "../feed/feed-store.port";
import type { ItemCache } from "../pages/item-cache";
import type { ProfileList } from "./profile-list.port";

/** Rows looked at at once. */
const CHUNK_ROWS = 64;

/** Rows asked for at once, at most, where little of what came before was new. */
const MOST_ROWS_AT_ONCE = 100;

/** A row of a list, and the surviving id of its subject where the merged feed does not have that yet. */
interface Candidate {
  readonly item: FeedItem;
  readonly root: EntityKey | null;
}

/** A row whose turn it is, and the surviving id of its subject. */
export interface NewRow {
  readonly item: FeedItem;
  readonly root: EntityKey;
}

/** What a merged feed's lists are read through. */
export interface PartReading {
  readonly items: ItemCache;
  readonly store: Pick<FeedStore, "unknownTo">;
}

/** One list of a merged feed while that is extended: what its record has still to give, and how asking for more went. */
export class Part {
  readonly #queue: Candidate[] = [];
  #nextPosition: number;
  #failure: ProviderError | null = null;
  readonly #issues: ProviderError[] = [];
  #answered = false;
  #fruitless = 0;

  constructor(
    readonly list: ProfileList,
    readonly feed: Feed,
    private readonly merged: FeedHead,
    private readonly reading: PartReading,
    nextPosition: number,
  ) {
    this.#nextPosition = nextPosition;
  }

  /** The position of its next row: those before it had their turn, or were passed over. */
  get nextPosition(): number {
    return this.#nextPosition;
  }

  /** Why it gave no more when it was asked. */
  get failure(): ProviderError | null {
    return this.#failure;
  }

  /** What was amiss with what it gave. */
  get issues(): readonly ProviderError[] {
    return this.#issues;
  }

  /** Whether it was asked, and answered. */
  get answered(): boolean {
    return this.#answered;
  }

  /** Whether asking for more may bring more. */
  get mayGrow(): boolean {
    return this.#failure === null && this.feed.mayGrow(this.list.source);
  }

  /** Rows of its record that had no turn yet; some of them may be known. */
  get recorded(): number {
    return this.feed.head.length - this.#nextPosition;
  }

  /** The next row of its record that is new; rows that are known, or no recommendation, are passed over for good. */
  async next(given: ReadonlySet<EntityKey>): Promise<NewRow | null> {
    while (this.recorded > 0) {
      if (this.#queue.length === 0) await this.#load();
      const candidate = this.#queue[0];
      if (candidate?.root && !given.has(candidate.root)) return { item: candidate.item, root: candidate.root };
      this.#pass();
    }
    return null;
  }

  /** The row that is next has its turn. */
  take(): void {
    this.#fruitless = 0;
    this.#pass();
  }

  /**
   * Has the list extended so that `share` of its rows can have their turn. A list that brought nothing new is asked for
   * more each time: its rows are those that others gave already.
   */
  async extend(share: number, caller: Caller): Promise<void> {
    const { source } = this.list;
    const missing = Math.min((share - this.recorded) * 2 ** this.#fruitless, MOST_ROWS_AT_ONCE);
    this.#fruitless += 1;
    try {
      if (source.refusal) throw source.refusal;
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
