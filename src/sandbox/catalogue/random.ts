/** A 32-bit hash of the numbers, in this order (the finalizer of murmur3, once for each number). */
export function hash(...seed: readonly number[]): number {
  let mixed = 0x9e3779b9;
  for (const part of seed) {
    mixed = Math.imul(mixed ^ part, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    mixed ^= mixed >>> 16;
  }
  return mixed >>> 0;
}

/** A random generator with a seed (mulberry32): the same seed gives the same values on every machine. */
export class Random {
  private state: number;

  constructor(...seed: readonly number[]) {
    this.state = hash(...seed);
  }

  /** A number from 0 to below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `low` to `high`, inclusive. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** @throws {Error} where the list is empty. */
  pick<T>(list: readonly T[]): T {
    const picked = list[this.between(0, list.length - 1)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  }

  /** Up to `count` different values, in the order in which they are picked. */
  pickSome<T>(list: readonly T[], count: number): readonly T[] {
    return [...new Set(Array.from({ length: count }, () => this.pick(list)))];
  }
}
