import type { EntityKey } from "../../domain/entity-key";
import type { FeedItem } from "../feed/feed-model";
import type { Part } from "./part";

/** How many of its rows a list is to have ready. */
export interface Demand {
  readonly part: Part;
  readonly share: number;
}

/** Lists taking turns. A turn is one row whose subject is new; a list that has none and can get none is passed over. */
export class Turns {
  readonly rows: FeedItem[] = [];
  readonly #given = new Set<EntityKey>();
  #turn: number;

  constructor(
    readonly parts: readonly Part[],
    turn: number,
  ) {
    this.#turn = turn;
  }

  /** Whose turn is next, as an index into `parts`. */
  get turn(): number {
    return this.#turn;
  }

  /** @returns false where the list whose turn it is has to be extended first. */
  async take(want: number): Promise<boolean> {
    let passed = 0;
    while (this.rows.length < want) {
      const part = this.parts[this.#turn];
      if (!part || passed === this.parts.length) return true;
      const row = await part.next(this.#given);
      if (row) {
        part.take();
        this.rows.push(row.item);
        this.#given.add(row.root);
        passed = 0;
      } else if (part.mayGrow) {
        return false;
      } else {
        passed += 1;
      }
      this.#turn = (this.#turn + 1) % this.parts.length;
    }
    return true;
  }

  /** What each list lacks for its share of the rows still missing, no more than the turns it would have. */
  demands(want: number): readonly Demand[] {
    const missing = want - this.rows.length;
    const inTurn = [...this.parts.slice(this.#turn), ...this.parts.slice(0, this.#turn)];
    const able = inTurn.filter((part) => part.mayGrow || part.recorded > 0);
    return able
      .map((part, i) => ({ part, share: Math.ceil((missing - i) / able.length) }))
      .filter(({ part, share }) => part.mayGrow && share > part.recorded);
  }

  /** Whether no list has, or may get, another row that is new. */
  async areOver(): Promise<boolean> {
    if (this.parts.some((part) => part.mayGrow || part.failure)) return false;
    for (const part of this.parts) if (await part.next(this.#given)) return false;
    return true;
  }
}
