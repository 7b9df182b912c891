import type { EntityKey } from "../../domain/entity-key";
import type { FeedItem } from "../feed/feed-model";
import type { Part } from "./part";

/** A list to extend, and how many of its rows must be ready then. */
export interface ExtensionShare {
  readonly part: Part;
  readonly share: number;
}

/** Takes rows from lists in turn: one row with a new subject from each. A list without such a row is skipped. */
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

  /** Index in `parts` of the list whose turn is next. */
  get turn(): number {
    return this.#turn;
  }

  /** Takes rows until there are `want`. @returns false if a list must be extended first. */
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

  /** The lists to extend for the missing rows: each has its share of the turns, and no more. */
  extensionsFor(want: number): readonly ExtensionShare[] {
    const missing = want - this.rows.length;
    const inTurn = [...this.parts.slice(this.#turn), ...this.parts.slice(0, this.#turn)];
    const able = inTurn.filter((part) => part.mayGrow || part.recorded > 0);
    return able
      .map((part, i) => ({ part, share: Math.ceil((missing - i) / able.length) }))
      .filter(({ part, share }) => part.mayGrow && share > part.recorded);
  }

  /** Whether no list has, or may get, another row with a new subject. */
  async haveEnded(): Promise<boolean> {
    if (this.parts.some((part) => part.mayGrow || part.failure)) return false;
    for (const part of this.parts) if (await part.next(this.#given)) return false;
    return true;
  }
}
