/** Fixed windows by the clock, one count a caller: as many calls as `size` in each, then none until the next begins. */
export class RateWindow {
  private begunAt = Number.NEGATIVE_INFINITY;
  private readonly used = new Map<string, number>();

  /** @param size - `null` lets everything through, and is still counted. */
  constructor(
    readonly size: number | null,
    private readonly lengthMs: number,
    private readonly now: () => number,
  ) {}

  /** Calls counted in this window. */
  usage(caller: string): number {
    const begunAt = Math.floor(this.now() / this.lengthMs) * this.lengthMs;
    if (begunAt !== this.begunAt) this.used.clear();
    this.begunAt = begunAt;
    return this.used.get(caller) ?? 0;
  }

  /** Calls left in this window. */
  left(caller: string): number {
    return this.size === null ? Infinity : Math.max(0, this.size - this.usage(caller));
  }

  count(caller: string): void {
    this.used.set(caller, this.usage(caller) + 1);
  }

  /** Until the next window begins; rounded up. */
  resetSeconds(): number {
    return Math.ceil((this.lengthMs - (this.now() % this.lengthMs)) / 1000);
  }
}
